/** How many of the people, drawn as one dot for each of them. */

import classes from './EmpathyMap.module.css';

const MAX_DOTS = 12;

interface PeopleMeterProps {
  people: number;
  peopleTotal: number;
}

/** Only a picture of a count that stands beside it in words. */
export function PeopleMeter({ people, peopleTotal }: PeopleMeterProps) {
  if (peopleTotal === 0 || peopleTotal > MAX_DOTS) return null;
  return (
    <span className={classes.meter} aria-hidden>
      {Array.from({ length: peopleTotal }, (_, person) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dot stands for a count, not for a person
        <span key={person} data-is-counted={person < people || undefined} />
      ))}
    </span>
  );
}
