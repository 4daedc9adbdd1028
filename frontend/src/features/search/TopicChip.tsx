/** A tag as a thing to try, with how many people it comes from. */

import { UnstyledButton } from '@mantine/core';
import type { Tag } from '@/api';
import { formatPeople } from '@/ui';
import classes from './Landing.module.css';

interface TopicChipProps {
  tag: Tag;
  peopleTotal?: number;
  onChoose: () => void;
}

export function TopicChip({ tag, peopleTotal, onChoose }: TopicChipProps) {
  return (
    <li>
      <UnstyledButton className={classes.topic} onClick={onChoose}>
        <span className={classes.dot} style={{ background: tag.colour }} aria-hidden />
        {tag.name}
        <span className={classes.topicPeople}>{formatPeople(tag.people_count, peopleTotal)}</span>
      </UnstyledButton>
    </li>
  );
}
