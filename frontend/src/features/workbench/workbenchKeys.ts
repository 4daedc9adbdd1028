/** The keys of the session page, as the list on `?` shows them. */

import type { KeyHint } from '@/app/keysHelp';
import { PLAYING_KEYS } from './playing/usePlayingKeys';
import { REVIEW_KEYS } from './reviews/useReviewKeys';
import { FIXING_KEYS } from './speakers/useFixingKeys';

export const WORKBENCH_KEYS: KeyHint[] = [
  { keys: ['1', '…', '6'], does: 'Place the chosen words, or the chosen excerpt, on a quadrant' },
  { keys: ['1', '2'], does: 'Again: switch between think and feel, or say and do' },
  { keys: ['t'], does: 'Tag' },
  { keys: ['k'], does: 'Key quote, on or off' },
  { keys: ['e'], does: 'Correct the chosen word' },
  { keys: ['Delete'], does: 'Delete the chosen excerpt (it can be undone)' },
  { keys: ['l', 'Shift L'], does: 'Listen to the next doubtful passage, to the one before' },
  { keys: ['Esc'], does: 'Choose nothing' },
  { keys: ['Space'], does: 'Play or pause' },
  { keys: ['←', '→', '↑', '↓'], does: 'On the text: move from word to word' },
  { keys: ['Shift ←', 'Shift →'], does: 'On the text: choose words' },
  { keys: ['Enter'], does: 'On the text: play from this word' },
  ...PLAYING_KEYS,
  ...REVIEW_KEYS,
  ...FIXING_KEYS,
];
