import { describe, expect, it } from 'vitest';
import { splitMarked } from './markedText';

const mark = (text: string, ranges: [number, number][]) =>
  splitMarked(text, ranges)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('');

describe('splitMarked', () => {
  it.each([
    ['plain words', 'a reminder came', [[2, 10]], 'a [reminder] came'],
    ['nothing marked', 'a reminder', [], 'a reminder'],
    ['the whole text', 'late', [[0, 4]], '[late]'],
    ['emoji before the word', '😀👍🏽 late', [[4, 8]], '😀👍🏽 [late]'],
    ['an emoji itself', 'so 😀 late', [[3, 4]], 'so [😀] late'],
    ['right-to-left words', 'שלום תזכורת', [[5, 11]], 'שלום [תזכורת]'],
    ['accents that combine', 'cafe\u0301 late', [[6, 10]], 'cafe\u0301 [late]'],
    [
      'ranges out of order',
      'one two three',
      [
        [8, 13],
        [0, 3],
      ],
      '[one] two [three]',
    ],
    [
      'ranges that overlap',
      'abcdef',
      [
        [1, 3],
        [2, 5],
      ],
      'a[bcde]f',
    ],
    [
      'ranges that touch',
      'abcdef',
      [
        [1, 3],
        [3, 5],
      ],
      'a[bcde]f',
    ],
    ['a range past the end', 'abc', [[1, 99]], 'a[bc]'],
    ['an empty range', 'abc', [[1, 1]], 'abc'],
  ] as [string, string, [number, number][], string][])('marks %s', (_, text, ranges, expected) => {
    expect(mark(text, ranges)).toBe(expected);
  });

  it('keeps every letter whatever the ranges', () => {
    const text = 'Ich heiße Zoë 👩‍👩‍👧 und';
    for (let start = -2; start < 30; start += 1) {
      for (let length = 0; length < 12; length += 1) {
        const pieces = splitMarked(text, [
          [start, start + length],
          [start + 3, start + 5],
        ]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }
    }
  });
});
