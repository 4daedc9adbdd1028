/** The sign in the margin of a passage that should be listened to before it is believed. */

import { DOUBT_WORDS, type DoubtReason } from './doubts';
import classes from './Listening.module.css';

interface DoubtSignProps {
  reason: DoubtReason;
  onPlay?: () => void;
}

/** Its words show on hover and focus; a single element, since there are hundreds. */
export function DoubtSign({ reason, onPlay }: DoubtSignProps) {
  return (
    <button
      type="button"
      className={classes.sign}
      data-reason={reason}
      aria-label={DOUBT_WORDS[reason]}
      onClick={onPlay}
    />
  );
}
