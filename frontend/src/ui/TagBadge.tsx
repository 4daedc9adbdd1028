/** A tag of the codebook as a small label with its colour as a dot. */

import classes from './badges.module.css';

export function TagBadge({ name, colour }: { name: string; colour: string }) {
  return (
    <span className={`${classes.badge} ${classes.tag}`}>
      <span className={classes.dot} style={{ background: colour || 'var(--line)' }} aria-hidden />
      {name}
    </span>
  );
}
