/** Before anything is asked: topics to try, the six quadrants, and what is new. */

import { Button, Title, UnstyledButton } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, listTags, type SearchAnswer, search, type Tag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceList } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { getQuadrant, QUADRANTS } from '@/lib/quadrants';
import { EmptyState, ErrorNotice, formatPeople, Loading, QuadrantIcon } from '@/ui';
import { DigestNews } from './digest/DigestNews';
import classes from './Landing.module.css';
import { AnsweredQuestions, OpenQuestionsLink } from './questions/QuestionNews';
import { SavedSearches } from './saved/SavedSearches';
import { readSearchState, type SearchState, toggleValue } from './searchState';
import { TopicChip } from './TopicChip';

const NEWEST_COUNT = 6;
const TOPIC_COUNT = 8;
const BLANK = readSearchState(new URLSearchParams());

interface LandingProps {
  onChange: (state: SearchState) => void;
}

function pickTopics(tags: readonly Tag[]): Tag[] {
  return tags
    .filter((tag) => tag.people_count > 0)
    .sort((left, right) => right.people_count - left.people_count)
    .slice(0, TOPIC_COUNT);
}

function Topics({ peopleTotal, onChange }: LandingProps & { peopleTotal: number }) {
  const { id } = useWorkspace();
  const tags = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id) });
  const topics = pickTopics(tags.data ?? []);
  if (topics.length === 0) return null;
  return (
    <section aria-labelledby="topics">
      <Title order={2} id="topics" className={classes.heading}>
        What most people talk about
      </Title>
      <ul className={classes.topics}>
        {topics.map((tag) => (
          <TopicChip
            key={tag.id}
            tag={tag}
            peopleTotal={peopleTotal}
            onChoose={() => onChange(toggleValue(BLANK, 'tag', tag.id))}
          />
        ))}
      </ul>
    </section>
  );
}

function Quadrants({ answer, onChange }: LandingProps & { answer: SearchAnswer }) {
  const values = answer.facets.find((facet) => facet.field === 'quadrant')?.values ?? [];
  return (
    <section aria-labelledby="quadrants">
      <Title order={2} id="quadrants" className={classes.heading}>
        By empathy map
      </Title>
      <ul className={classes.quadrants}>
        {QUADRANTS.map(({ id }) => {
          const value = values.find((one) => one.value === id);
          const people = value?.people ?? value?.excerpts ?? 0;
          return (
            <li key={id}>
              <UnstyledButton
                className={classes.quadrant}
                style={{
                  background: `var(--quadrant-${id}-tint)`,
                  color: `var(--quadrant-${id}-ink)`,
                }}
                onClick={() => onChange(toggleValue(BLANK, 'quadrant', id))}
              >
                <QuadrantIcon quadrant={id} size={26} />
                <span className={classes.quadrantName}>{getQuadrant(id).name}</span>
                <span className={classes.quadrantPeople}>
                  {value?.people === null ? people : formatPeople(people, answer.people_total)}
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function NothingMarked() {
  const { id } = useWorkspace();
  return (
    <EmptyState
      icon={<IconEar size={40} stroke={1.4} />}
      title="Nothing has been marked yet"
      action={
        <Button component={Link} to={paths.studies(id)}>
          Go to studies
        </Button>
      }
    >
      Open a session, select what someone said and press 1 to 6. From then on anyone on the team
      finds it here and hears it.
    </EmptyState>
  );
}

export function Landing({ onChange }: LandingProps) {
  const { id } = useWorkspace();
  const query = { kind: ['excerpt'], limit: NEWEST_COUNT };
  const newest = useQuery({
    queryKey: keys.search(id, query),
    queryFn: ({ signal }) => search(id, query, signal),
  });
  if (newest.error && !newest.data) {
    return <ErrorNotice error={newest.error} onRetry={() => void newest.refetch()} />;
  }
  if (!newest.data) return <Loading label="Loading what is new" rowHeight={90} />;
  const excerpts = newest.data.hits.flatMap((hit) => hit.excerpt ?? []);
  if (excerpts.length === 0) return <NothingMarked />;
  return (
    <div className={classes.landing}>
      <AnsweredQuestions onChange={onChange} />
      <DigestNews />
      <SavedSearches onChange={onChange} />
      <Topics peopleTotal={newest.data.people_total} onChange={onChange} />
      <Quadrants answer={newest.data} onChange={onChange} />
      <section aria-labelledby="newest">
        <Title order={2} id="newest" className={classes.heading}>
          New
        </Title>
        <EvidenceList excerpts={excerpts} label="Newest excerpts" />
      </section>
      <OpenQuestionsLink />
    </div>
  );
}
