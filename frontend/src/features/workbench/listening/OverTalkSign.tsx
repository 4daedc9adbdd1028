/** The sign in the margin where a voice begins while another is still heard. */

import { IconMessages } from '@tabler/icons-react';
import classes from './Listening.module.css';

const WORDS = 'Talking over each other';

export function OverTalkSign() {
  return (
    <span className={classes.overTalk} title={WORDS}>
      <IconMessages size={15} aria-hidden />
      <span className="only-for-screen-readers">{WORDS}</span>
    </span>
  );
}
