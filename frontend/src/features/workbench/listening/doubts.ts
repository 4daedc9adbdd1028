/** Passages to be listened to before they are believed, and why. */

import type { TranscriptText, WordRange } from '../transcriptText';

/** Why: words repeated themselves, nobody spoke, a whole passage was unsure, or single words. */
export type DoubtReason = 'loop' | 'silence' | 'unsure' | 'words';

export interface Doubt {
  range: WordRange;
  segment: number;
  reason: DoubtReason;
}

export const DOUBT_WORDS: Record<DoubtReason, string> = {
  loop: 'The recogniser repeated itself here: listen first',
  silence: 'Text where nobody was found to speak: listen first',
  unsure: 'The recogniser was unsure here: listen first',
  words: 'The recogniser was unsure of a word here: listen first',
};

/** So few certain words between doubtful ones are listened to with them. */
const JOINED_OVER_WORDS = 3;

/** Doubtful words in runs, joined over a few certain words; a run never leaves its segment. */
function listRuns(text: TranscriptText, joinedOver: number): WordRange[] {
  const runs: WordRange[] = [];
  for (const word of text.doubtful) {
    const last = runs.at(-1);
    const isNear = last && word - last.last <= joinedOver + 1;
    if (isNear && text.segmentOf[last.last] === text.segmentOf[word]) last.last = word;
    else runs.push({ first: word, last: word });
  }
  return runs;
}

/** Exactly the doubtful words. */
export function listDoubtfulWords(text: TranscriptText): WordRange[] {
  return listRuns(text, 0);
}

export function listDoubts(text: TranscriptText): Doubt[] {
  return listRuns(text, JOINED_OVER_WORDS).map((range) => {
    const segment = text.segmentOf[range.first];
    const { doubt } = text.segments[segment];
    return { range, segment, reason: doubt === '' || doubt === 'gap' ? 'words' : doubt };
  });
}

/** The doubt after a word (or before it), around the end of the text; -1 where there is none. */
export function findNextDoubt(doubts: readonly Doubt[], cursor: number, by: 1 | -1): number {
  if (doubts.length === 0) return -1;
  if (by === 1) {
    const next = doubts.findIndex(({ range }) => range.first > cursor);
    return next === -1 ? 0 : next;
  }
  const before = doubts.findLastIndex(({ range }) => range.last < cursor);
  return before === -1 ? doubts.length - 1 : before;
}
