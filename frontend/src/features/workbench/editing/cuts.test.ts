import { describe, expect, it } from 'vitest';
import { countWordsBefore, findGivenWords, tidyOffset } from './cuts';

const WORDS = ['How', 'is', 'New York', 'today?', 'Fine.'];
const TEXT = WORDS.join(' ');

describe('words before a caret', () => {
  it.each<[offset: number, count: number, why: string]>([
    [0, 0, 'at the start'],
    [3, 1, 'right after a word'],
    [4, 1, 'right before the next'],
    [5, 1, 'a word it stands in is after it'],
    [10, 2, 'a blank within a word is no boundary'],
    [TEXT.length, 5, 'at the end'],
  ])('at %i: %i, %s', (offset, count) => {
    expect(countWordsBefore(WORDS, offset)).toBe(count);
  });
});

describe('words to give away', () => {
  const select = (chosen: string) => {
    const start = TEXT.indexOf(chosen);
    return { start, end: start + chosen.length };
  };
  it.each<[chosen: string, toPrevious: number, toNext: number]>([
    ['How is', 2, 5],
    ['today? Fine.', 0, 3],
    ['New York', 0, 5],
    [TEXT, 0, 5],
  ])('“%s”', (chosen, toPrevious, toNext) => {
    expect(findGivenWords(WORDS, select(chosen))).toEqual({ toPrevious, toNext });
  });

  it('by a caret: what is before it, or what is after it', () => {
    const caret = { start: TEXT.indexOf('Fine'), end: TEXT.indexOf('Fine') };
    expect(findGivenWords(WORDS, caret)).toEqual({ toPrevious: 4, toNext: 4 });
    expect(findGivenWords(WORDS, { start: 0, end: 0 })).toEqual({ toPrevious: 0, toNext: 5 });
  });
});

it.each([
  ['  two   words', 7, 4],
  ['two words', 4, 4],
  ['two words  ', 11, 9],
])('“%s”: offset %i as typed is %i in the tidied text', (typed, offset, tidied) => {
  expect(tidyOffset(typed, offset)).toBe(tidied);
});
