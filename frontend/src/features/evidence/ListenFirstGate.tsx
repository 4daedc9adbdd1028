/** Stands in a dialog that adds evidence while some of it has yet to be listened to. */

import { Alert, Text } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useState } from 'react';
import type { Excerpt } from '@/api';
import { formatCount } from '@/lib/text';
import { HearingActions } from './ListenFirst';
import classes from './ListenFirst.module.css';
import { listUnheard, needsHearing } from './listenFirst';

/** Which of the excerpts have yet to be heard, as the page knows it or the server says. */
export function useGate(excerpts: readonly Excerpt[], error: unknown) {
  const [heardIds, setHeardIds] = useState<readonly string[]>([]);
  const refused = listUnheard(error);
  const unheard = excerpts
    .filter((one) => needsHearing(one) || refused.includes(one.id))
    .filter((one) => !heardIds.includes(one.id));
  return {
    unheard,
    hear: (excerptId: string) => setHeardIds((before) => [...before, excerptId]),
    /** The error, unless the list of what to listen to says it already. */
    error: refused.length ? null : error,
  };
}

export type Gate = ReturnType<typeof useGate>;

export function ListenFirstGate({ gate }: { gate: Gate }) {
  const { unheard, hear } = gate;
  if (unheard.length === 0) return null;
  const few = unheard.length === 1;
  return (
    <Alert
      variant="outline"
      icon={<IconEar aria-hidden />}
      title={`Listen first to ${formatCount(unheard.length, 'excerpt')}`}
      styles={{ message: { color: 'var(--mantine-color-text)' } }}
    >
      <Text size="sm">
        The recogniser was unsure of words in {few ? 'it' : 'them'}, so {few ? 'it' : 'they'} can’t
        be evidence yet. Play {few ? 'it' : 'each'} to the end, or say that it is right.
      </Text>
      <ul className={classes.list} aria-label="Excerpts to listen to first">
        {unheard.map((excerpt) => (
          <li key={excerpt.id}>
            <span className={classes.quote} dir="auto">
              “{excerpt.text}”
            </span>
            <HearingActions
              excerpt={{ ...excerpt, is_doubtful: true, heard_at: null }}
              onHeard={() => hear(excerpt.id)}
            />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
