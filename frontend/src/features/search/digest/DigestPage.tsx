/** One weekly digest: what was new in the reader's searches, with the newest quotes to play. */

import { Anchor, Box, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { type Digest, keys, readDigest } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceList } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople, Loading, PageBody, PageHeader } from '@/ui';
import { fromQuery, writeSearchState } from '../searchState';
import classes from './Digest.module.css';

type DigestSearch = Digest['searches'][number];

interface SearchPartProps {
  search: DigestSearch;
  digest: Digest;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The same search, of the days of the digest, the last one included. */
function withinDays({ question }: DigestSearch, { since, until }: Digest): Record<string, unknown> {
  const dayAfter = new Date(Date.parse(until) + DAY_MS).toISOString();
  return { created_from: since, created_to: dayAfter, ...question };
}

function SearchPart({ search, digest }: SearchPartProps) {
  const { id } = useWorkspace();
  const addressOf = (question: Record<string, unknown>) =>
    `${paths.search(id)}?${writeSearchState(fromQuery(question))}`;
  const headingId = `search-${search.saved_search_id}`;
  return (
    <section aria-labelledby={headingId} className={classes.part}>
      <Title order={2} id={headingId} className={classes.name}>
        <Anchor component={Link} to={addressOf(search.question)} inherit>
          {search.name}
        </Anchor>
      </Title>
      <Text c="dimmed" mb="sm">
        {formatCount(search.excerpts, 'new excerpt')} from{' '}
        {formatPeople(search.people, digest.people_total)}
        {search.newest.length < Math.min(search.excerpts, 3)
          ? '; some of it was taken back since'
          : null}
      </Text>
      <EvidenceList excerpts={search.newest} label={`The newest in “${search.name}”`} />
      {search.excerpts > search.newest.length ? (
        <Anchor component={Link} to={addressOf(withinDays(search, digest))} underline="always">
          All that was marked in these days
        </Anchor>
      ) : null}
    </section>
  );
}

function Answers({ digest }: { digest: Digest }) {
  const { id } = useWorkspace();
  if (digest.answers.length === 0) return null;
  return (
    <section aria-labelledby="answers" className={classes.part}>
      <Title order={2} id="answers" mb="xs">
        You asked, and people were heard
      </Title>
      <ul className={classes.summary}>
        {digest.answers.map((answer) => (
          <li key={answer.question_id}>
            <Anchor component={Link} to={paths.search(id, answer.words)} underline="always">
              {answer.words}
            </Anchor>
            : {formatCount(answer.excerpts, 'excerpt')} from{' '}
            {formatPeople(answer.people, digest.people_total)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function formatMoment(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
}

/** Where it is told and of which days, as soon as that is known. */
function Header({ digest }: { digest?: Digest }) {
  const { id } = useWorkspace();
  const days = digest
    ? `What was marked in your searches from ${formatMoment(digest.since)}, until ${formatMoment(digest.until)}. Numbers are of that day.`
    : undefined;
  return (
    <PageHeader
      title="New this week"
      trail={[{ label: 'Search', to: paths.search(id) }]}
      description={days}
    />
  );
}

function Content({ digest }: { digest: Digest }) {
  const { id } = useWorkspace();
  return (
    <>
      {digest.mail_error && !digest.mailed_at ? (
        <Text size="sm" c="dimmed">
          The mail that should tell you of this could not be sent yet. {digest.mail_error}
        </Text>
      ) : null}
      {digest.searches.map((search) => (
        <SearchPart key={search.saved_search_id} search={search} digest={digest} />
      ))}
      <Answers digest={digest} />
      <Text size="sm" mt="xl">
        <Anchor component={Link} to={paths.search(id)} underline="always">
          To your saved searches
        </Anchor>{' '}
        ·{' '}
        <Anchor component={Link} to={`${paths.settings(id)}#digests`} underline="always">
          Mails about this
        </Anchor>
      </Text>
    </>
  );
}

export function DigestPage() {
  const { id } = useWorkspace();
  const { digestId = '' } = useParams();
  const digest = useQuery({
    queryKey: keys.digest(id, digestId),
    queryFn: () => readDigest(id, digestId),
  });
  return (
    <PageBody measure={880}>
      <Header digest={digest.data} />
      {digest.error && !digest.data ? (
        <Box mt="md">
          <ErrorNotice
            title="This digest can’t be shown."
            error={digest.error}
            onRetry={() => void digest.refetch()}
          />
        </Box>
      ) : null}
      {digest.isPending ? <Loading label="Loading the digest" rowHeight={90} /> : null}
      {digest.data ? <Content digest={digest.data} /> : null}
    </PageBody>
  );
}
