import { describe, expect, it } from 'vitest';
import type { Segment } from '@/api';
import { makeSegment } from '@/testing/makeSession';
import { buildTranscriptText } from '../transcriptText';
import { findNextDoubt, listDoubtfulWords, listDoubts } from './doubts';
import { findPauses, formatPause } from './pauses';

const SENTENCE = 'one two three four five six seven eight';

const runs = (...list: Segment['doubtful']) => list;

function makeText(...changes: Partial<Segment>[]) {
  return buildTranscriptText(
    changes.map((change, position) => ({
      ...makeSegment(position, position * 10 + 1, SENTENCE),
      ...change,
    })),
  );
}

describe('doubtful words', () => {
  it('are exactly those the recogniser was unsure of', () => {
    const text = makeText({ doubtful: runs([1, 2], [5, 1]) });
    expect(listDoubtfulWords(text)).toEqual([
      { first: 1, last: 2 },
      { first: 5, last: 5 },
    ]);
  });

  it('near each other are listened to together, but not across passages', () => {
    const text = makeText(
      { doubtful: runs([1, 1], [5, 1], [7, 1]), doubt: '' },
      { doubtful: runs([0, 1]), doubt: 'loop' },
    );
    expect(listDoubts(text)).toEqual([
      { range: { first: 1, last: 7 }, segment: 0, reason: 'words' },
      { range: { first: 8, last: 8 }, segment: 1, reason: 'loop' },
    ]);
  });

  it('are gone through in a circle, both ways', () => {
    const doubts = listDoubts(
      makeText({ doubtful: runs([0, 1], [6, 1]) }, { doubtful: runs([1, 1]) }),
    );
    expect(doubts.map(({ range }) => range.first)).toEqual([0, 6, 9]);
    expect(findNextDoubt(doubts, -1, 1)).toBe(0);
    expect(findNextDoubt(doubts, 0, 1)).toBe(1);
    expect(findNextDoubt(doubts, 9, 1)).toBe(0);
    expect(findNextDoubt(doubts, 9, -1)).toBe(1);
    expect(findNextDoubt(doubts, 0, -1)).toBe(2);
    expect(findNextDoubt([], 0, 1)).toBe(-1);
  });
});

describe('long pauses', () => {
  const times = (startMs: number, endMs: number, doubt: Segment['doubt'] = '') => ({
    startMs,
    endMs,
    doubt,
  });

  it('are read off detected speech, and stand before the passage that follows', () => {
    const segments = [times(0, 9_000), times(23_000, 30_000), times(31_000, 40_000)];
    const speech: [number, number][] = [
      [200, 8_800],
      [23_100, 30_000],
      [31_000, 40_000],
    ];
    expect([...findPauses(segments, speech)]).toEqual([
      [1, { startMs: 8_800, durationMs: 14_300 }],
    ]);
  });

  it('are read off the passages where speech was not detected', () => {
    const segments = [times(0, 9_000), times(15_000, 30_000)];
    expect(findPauses(segments, []).get(1)).toEqual({ startMs: 9_000, durationMs: 6_000 });
    expect(findPauses([times(0, 9_000), { startMs: null, endMs: null, doubt: '' }], []).size).toBe(
      0,
    );
  });

  it('are not claimed inside a passage, nor where text is missing', () => {
    const speech: [number, number][] = [
      [0, 5_000],
      [15_000, 20_000],
    ];
    expect(findPauses([times(0, 20_000), times(21_000, 22_000)], speech).size).toBe(0);
    expect(findPauses([times(0, 12_000, 'gap'), times(15_000, 20_000)], speech).size).toBe(0);
  });

  it.each([
    [4_200, '4 s pause'],
    [60_000, '1 min pause'],
    [80_000, '1 min 20 s pause'],
  ])('of %i ms are called “%s”', (durationMs, words) => {
    expect(formatPause(durationMs)).toBe(words);
  });
});
