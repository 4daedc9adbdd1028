/** The sentence and the turn a word stands in. */

import type { TranscriptText, WordRange } from './transcriptText';

export type StretchUnit = 'sentence' | 'turn';

/** A full stop in any of the usual scripts, and what may close after it. */
const SENTENCE_END = /[.!?…。！？؟।]+["'”’»)\]]*$/u;
const ABBREVIATION = /^(?:dr|mr|mrs|ms|prof|st|e\.g|i\.e|vs|nr|no|ca|bzw|z\.b)\.$/iu;

function getWord(text: TranscriptText, index: number): string {
  const segment = text.segments[text.segmentOf[index]];
  return segment.words[index - segment.firstIndex];
}

function endsSentence(text: TranscriptText, index: number): boolean {
  const word = getWord(text, index);
  return SENTENCE_END.test(word) && !ABBREVIATION.test(word);
}

function endsTurn(text: TranscriptText, index: number): boolean {
  if (index + 1 >= text.wordIds.length) return true;
  const [here, next] = [text.segmentOf[index], text.segmentOf[index + 1]];
  return here !== next && text.segments[here].speakerId !== text.segments[next].speakerId;
}

/** A sentence may run on from passage to passage, but never into another person's turn. */
function isLast(text: TranscriptText, index: number, unit: StretchUnit): boolean {
  return endsTurn(text, index) || (unit === 'sentence' && endsSentence(text, index));
}

export function findStretch(text: TranscriptText, word: number, unit: StretchUnit): WordRange {
  let first = word;
  let last = word;
  while (first > 0 && !isLast(text, first - 1, unit)) first -= 1;
  while (!isLast(text, last, unit)) last += 1;
  return { first, last };
}
