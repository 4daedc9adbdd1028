/** On the search page: what the latest weekly digest found, and the way to it. */

import { Anchor, Text, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Digest, keys, readLatestDigest } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import landing from '../Landing.module.css';
import classes from './Digest.module.css';

function Summary({ digest }: { digest: Digest }) {
  return (
    <ul className={classes.summary}>
      {digest.searches.map((search) => (
        <li key={search.saved_search_id}>
          <strong>{search.name}</strong>: {formatCount(search.excerpts, 'new excerpt')} from{' '}
          {formatPeople(search.people, digest.people_total)}
        </li>
      ))}
      {digest.answers.length > 0 ? (
        <li>{formatCount(digest.answers.length, 'question')} you asked, and people were heard</li>
      ) : null}
    </ul>
  );
}

export function DigestNews() {
  const { id } = useWorkspace();
  const { data: digest } = useQuery({
    queryKey: [...keys.digests(id), 'latest'],
    queryFn: () => readLatestDigest(id),
  });
  if (!digest || digest.searches.length + digest.answers.length === 0) return null;
  return (
    <section aria-labelledby="this-week" className={classes.news}>
      <Title order={2} id="this-week" className={landing.heading}>
        New this week
      </Title>
      <Summary digest={digest} />
      <Text mt="xs">
        <Anchor component={Link} to={paths.digest(id, digest.id)} underline="always">
          Hear them <IconArrowRight size={14} aria-hidden />
        </Anchor>
      </Text>
    </section>
  );
}
