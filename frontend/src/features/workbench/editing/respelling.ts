/** Which few words an edit put right: they may stand elsewhere too. */

import { bareWords } from '../replace/words';
import { listEdits, splitWords } from './mergeTexts';

export interface Respelling {
  before: string;
  after: string;
}

/** A name is not longer than this. */
const WORDS_MAXIMUM = 4;
const COMPARED_MAXIMUM = 600;

/** The one stretch of a few words that became other words; null where more was done, or less. */
export function findRespelling(before: string, after: string): Respelling | null {
  const [old, fresh] = [splitWords(before), splitWords(after)];
  if (Math.max(old.length, fresh.length) > COMPARED_MAXIMUM) return null;
  const edits = listEdits(old, fresh);
  if (edits.length !== 1) return null;
  const [{ from, to, words }] = edits;
  const isFew = to > from && words.length > 0 && to - from <= WORDS_MAXIMUM;
  if (!isFew || words.length > WORDS_MAXIMUM) return null;
  const found = {
    before: bareWords(old.slice(from, to).join(' ')),
    after: bareWords(words.join(' ')),
  };
  const isSameWord = found.before.toLowerCase() === found.after.toLowerCase();
  return isSameWord ? null : found;
}
