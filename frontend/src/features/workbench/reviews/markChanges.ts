/** Which words of two short texts differ, so that the eye finds the change. */

import type { ComparedPiece } from '@/api';

/** Beyond this a comparison of every word with every other takes longer than it helps. */
const WORDS_MAXIMUM = 400;

function normalise(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Lengths of the longest common run of words from each pair of places on. */
function measureCommon(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(fresh.length + 1).fill(0),
  );
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        old[i] === fresh[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

/** For each side, which of its words the other side has too. */
function findCommon(old: readonly string[], fresh: readonly string[]) {
  const lengths = measureCommon(old, fresh);
  const inOld = new Set<number>();
  const inNew = new Set<number>();
  let i = 0;
  let j = 0;
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      inOld.add(i);
      inNew.add(j);
      i += 1;
      j += 1;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return { inOld, inNew };
}

function toPieces(words: readonly string[], common: ReadonlySet<number>): ComparedPiece[] {
  const pieces: ComparedPiece[] = [];
  words.forEach((word, index) => {
    const isChanged = !common.has(index);
    const last = pieces.at(-1);
    if (last?.is_changed === isChanged) last.text += ` ${word}`;
    else pieces.push({ text: word, is_changed: isChanged });
  });
  return pieces;
}

/** Case and punctuation don't count. */
export function markChanges(oldText: string, newText: string) {
  const old = oldText.split(/\s+/).filter(Boolean);
  const fresh = newText.split(/\s+/).filter(Boolean);
  if (fresh.length === 0 || old.length > WORDS_MAXIMUM || fresh.length > WORDS_MAXIMUM) {
    const whole = (text: string) => (text ? [{ text, is_changed: false }] : []);
    return { old: whole(oldText), new: whole(newText) };
  }
  const { inOld, inNew } = findCommon(old.map(normalise), fresh.map(normalise));
  return { old: toPieces(old, inOld), new: toPieces(fresh, inNew) };
}
