/** What the page says of words that were not found. */

import { describe, expect, it } from 'vitest';
import { makeAnswer } from '@/testing/makeEvidence';
import { describeFewerWords } from './FewerWords';

describe('words that were not found', () => {
  it.each([
    [[], 5, 5, ''],
    [[], 5, 1, '1 has all of these words. Below: what lacks some.'],
    [[], 5, 2, '2 have all of these words. Below: what lacks some.'],
    [[], 5, 0, 'Nothing has all of these words. Shown is what has some of them, most first.'],
    [['why', 'do'], 5, 5, 'Nothing has all of these words. Left out: why, do.'],
    [
      ['why'],
      5,
      0,
      'Nothing has all of these words. Left out: why. Shown is what has some of the others, most first.',
    ],
    [
      ['why'],
      5,
      2,
      'Nothing has all of these words. Left out: why. 2 with all the others, then what lacks some.',
    ],
  ])('%j left out, of %d found %d have all the others', (dropped_words, total, complete, text) => {
    expect(describeFewerWords(makeAnswer([], { dropped_words, total, complete }))).toBe(text);
  });
});
