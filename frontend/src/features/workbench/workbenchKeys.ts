/** The keys of the session page, as the list on `?` shows them. */

import type { KeyHint } from '@/app/keysHelp';
import { EDITING_KEYS } from './editing/useEditingKeys';
import { PLAYING_KEYS } from './playing/usePlayingKeys';
import { REVIEW_KEYS } from './reviews/useReviewKeys';
import { FIXING_KEYS } from './speakers/useFixingKeys';

function inGroup(group: string, hints: readonly KeyHint[]): KeyHint[] {
  return hints.map((hint) => ({ ...hint, group }));
}

export const WORKBENCH_KEYS: KeyHint[] = [
  ...inGroup('Moving and choosing, on the text', [
    { keys: ['←', '→'], does: 'By word' },
    { keys: ['↑', '↓'], does: 'By passage; Home and End: its first and last word' },
    { keys: ['Shift ←', 'Shift →'], does: 'Choose words; with ↑ ↓, passages' },
    { keys: ['Ctrl Shift ←', '→'], does: 'Choose to the end of the sentence (or Alt Shift)' },
    { keys: ['Ctrl Shift ↑', '↓'], does: 'Choose to the end of the turn (or Alt Shift)' },
    { keys: ['o', 'Shift O'], does: 'The next excerpt over the same words, the one before' },
    { keys: ['Esc'], does: 'Choose nothing' },
  ]),
  ...inGroup('Marking the chosen words, or the chosen excerpt', [
    { keys: ['1', '…', '6'], does: 'Place on a quadrant' },
    { keys: ['1', '2'], does: 'Again: switch between think and feel, or say and do' },
    { keys: ['t'], does: 'Tags' },
    { keys: ['p'], does: 'Persona' },
    { keys: ['e'], does: 'What they feel, and how strongly' },
    { keys: ['m'], does: 'Memo' },
    { keys: ['*', 'k'], does: 'Key quote, on or off' },
    { keys: ['[', ']'], does: 'Move the beginning back or on by a word' },
    { keys: ['Shift [', 'Shift ]'], does: 'Move the end back or on by a word' },
    { keys: ['Delete'], does: 'Delete the excerpt (it can be undone)' },
  ]),
  ...inGroup('Text and history', [
    ...EDITING_KEYS,
    { keys: ['Ctrl Z'], does: 'Undo what you did last here' },
    { keys: ['Ctrl Shift Z', 'Ctrl Y'], does: 'Do it again' },
  ]),
  ...inGroup('Listening', [
    { keys: ['Space'], does: 'Play or pause' },
    { keys: ['Enter'], does: 'Play from the word at the cursor' },
    { keys: ['l', 'Shift L'], does: 'Listen to the next doubtful passage, to the one before' },
    ...PLAYING_KEYS,
  ]),
  ...inGroup('Speakers', FIXING_KEYS),
  ...inGroup('In the review of excerpts', REVIEW_KEYS),
];
