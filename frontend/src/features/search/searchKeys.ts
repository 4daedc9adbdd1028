/** The keys of the search page, as its help lists them. */

import type { KeyHint } from '@/app/keysHelp';

const SELECTING = 'Choosing excerpts';

export const SEARCH_KEYS: KeyHint[] = [
  { keys: ['↓'], does: 'From the search box to what was found, and on' },
  { keys: ['↑'], does: 'Back, and from the first into the search box' },
  { keys: ['Esc'], does: 'Back into the search box from wherever you are in the list' },
  { keys: ['Home', 'End'], does: 'The first or the last' },
  { keys: ['Space'], does: 'Play it here, or pause' },
  { keys: ['Enter'], does: 'Open it: the transcript at the second, the insight, the persona' },
  { keys: ['X'], does: 'Choose the excerpt, or let go of it', group: SELECTING },
  { keys: ['Shift X'], does: 'All from the one chosen last to this one', group: SELECTING },
  { keys: ['Shift click'], does: 'The same with the mouse', group: SELECTING },
];
