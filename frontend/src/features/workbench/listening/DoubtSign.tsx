/** The sign in the margin of a passage that should be listened to before it is believed. */

import { IconEar } from '@tabler/icons-react';
import { DOUBT_WORDS, type DoubtReason } from './doubts';
import classes from './Listening.module.css';

interface DoubtSignProps {
  reason: DoubtReason;
  onPlay?: () => void;
}

/** Its words show on hover and focus; light enough for hundreds of rows. */
export function DoubtSign({ reason, onPlay }: DoubtSignProps) {
  return (
    <button type="button" className={classes.sign} data-reason={reason} onClick={onPlay}>
      <IconEar size={15} aria-hidden />
      <span className={classes.signWords}>{DOUBT_WORDS[reason]}</span>
    </button>
  );
}
