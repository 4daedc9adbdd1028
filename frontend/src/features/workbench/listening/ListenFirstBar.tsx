/** How many passages should be listened to first, and the way from one to the next. */

import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconEar } from '@tabler/icons-react';
import { formatCount } from '@/lib/text';
import classes from './Listening.module.css';
import type { Listening } from './useListening';

export function ListenFirstBar({ listening }: { listening: Listening }) {
  const { doubts, current, go } = listening;
  if (doubts.length === 0) return null;
  const place = current === -1 ? `${doubts.length}` : `${current + 1} of ${doubts.length}`;
  return (
    <fieldset className={classes.bar}>
      <legend className="only-for-screen-readers">
        {formatCount(doubts.length, 'passage')} to listen to first
      </legend>
      <span className={classes.barWords} aria-hidden title="Passages the recogniser was unsure of">
        <IconEar size={15} />
        <span className={classes.barLong}>Listen first</span> {place}
      </span>
      <ActionIcon
        variant="subtle"
        size={28}
        aria-label="Listen to the passage before"
        title="Listen to the passage before (Shift L)"
        onClick={() => go(-1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={28}
        aria-label="Listen to the next passage"
        title="Listen to the next passage (l)"
        onClick={() => go(1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
}
