import { describe, expect, it } from 'vitest';
import type { Segment } from '@/api';
import { makeSegment } from '@/testing/makeSession';
import {
  buildTranscriptText,
  findExcerptAtWord,
  findExcerptRange,
  findWordAtTime,
  findWordIndex,
  getRangeText,
  getRangeTimes,
  sliceRange,
  snapToWords,
} from './transcriptText';

/** Segments of these sentences; word ids go 10, 20, 30 … and every word lasts 400 ms of 500. */
function makeSegments(sentences: string[], hasTimes = true): Segment[] {
  let word = 0;
  return sentences.map((sentence, position) => {
    const words = sentence ? sentence.split(' ') : [];
    const first = word;
    word += words.length;
    const segment = makeSegment(position, 1, sentence);
    return {
      ...segment,
      start_ms: hasTimes ? first * 500 : null,
      end_ms: hasTimes ? word * 500 - 100 : null,
      word_id_runs: words.length > 0 ? [[(first + 1) * 10, words.length, 10]] : [],
      words,
      gaps_ms: hasTimes ? words.map((_, index) => (index === 0 ? 0 : 100)) : null,
      lengths_ms: hasTimes ? words.map(() => 400) : null,
    };
  });
}

const SENTENCES = [
  'I wait for weeks.',
  '',
  'Others cancel — 😀 at the last minute.',
  'שלום לכולם כאן',
];
const text = buildTranscriptText(makeSegments(SENTENCES));

describe('the text of a transcript', () => {
  it('joins the words of a segment by one space', () => {
    expect(text.segments.map((segment) => segment.text)).toEqual(SENTENCES);
  });

  it('knows where each word begins, in units the DOM counts in', () => {
    for (const segment of text.segments) {
      segment.words.forEach((word, index) => {
        const start = segment.offsets[index];
        expect(segment.text.slice(start, start + word.length)).toBe(word);
      });
    }
  });
});

describe('words by id', () => {
  it('are found, or the next one that is left', () => {
    expect(text.wordIds[findWordIndex(text, 30)]).toBe(30);
    expect(text.wordIds[findWordIndex(text, 31)]).toBe(40);
    expect(findWordIndex(text, 10_000)).toBe(-1);
  });

  it('give an excerpt its place, even when its ends are gone', () => {
    expect(findExcerptRange(text, { first_word_id: 20, last_word_id: 40 })).toEqual({
      first: 1,
      last: 3,
    });
    expect(findExcerptRange(text, { first_word_id: 15, last_word_id: 35 })).toEqual({
      first: 1,
      last: 2,
    });
    expect(findExcerptRange(text, { first_word_id: 5000, last_word_id: 6000 })).toBeNull();
    expect(findExcerptRange(text, { first_word_id: 21, last_word_id: 29 })).toBeNull();
  });
});

describe('snapping to words', () => {
  const snap = (start: [number, number], end: [number, number]) => {
    const range = snapToWords(
      text,
      { segment: start[0], offset: start[1] },
      { segment: end[0], offset: end[1] },
    );
    return range && getRangeText(text, range);
  };

  it('takes every word that is touched', () => {
    expect(snap([0, 3], [0, 9])).toBe('wait for');
  });

  it('takes no word for the white space at the ends', () => {
    expect(snap([0, 1], [0, 7])).toBe('wait');
    expect(snap([0, 6], [0, 10])).toBe('for');
  });

  it('goes over several segments and empty ones', () => {
    expect(snap([0, 14], [2, 6])).toBe('weeks. Others');
  });

  it('is nothing where only white space is chosen', () => {
    expect(snap([0, 6], [0, 7])).toBeNull();
    expect(snap([1, 0], [1, 0])).toBeNull();
  });

  it('takes nothing of the next paragraph when the selection ends at its beginning', () => {
    expect(snap([0, 7], [2, 0])).toBe('for weeks.');
  });

  it('finds each word from its own edges', () => {
    text.segments.forEach((segment, index) => {
      segment.words.forEach((word, position) => {
        const start = segment.offsets[position];
        expect(snap([index, start], [index, start + word.length])).toBe(word);
      });
    });
  });

  it('comes back to the same words from the slices of a range', () => {
    const last = text.wordIds.length - 1;
    for (let first = 0; first <= last; first += 1) {
      for (let end = first; end <= last; end += 1) {
        const slices = sliceRange(text, { first, last: end });
        const [begin, finish] = [slices[0], slices[slices.length - 1]];
        const again = snapToWords(
          text,
          { segment: begin.segment, offset: begin.start },
          { segment: finish.segment, offset: finish.end },
        );
        expect(again).toEqual({ first, last: end });
      }
    }
  });
});

describe('words by time', () => {
  it('are those that have begun last', () => {
    expect(findWordAtTime(text, 0)).toBe(0);
    expect(findWordAtTime(text, 499)).toBe(0);
    expect(findWordAtTime(text, 500)).toBe(1);
    expect(findWordAtTime(text, 1_000_000)).toBe(text.wordIds.length - 1);
  });

  it('are none before the first and where there is no audio', () => {
    expect(findWordAtTime(text, -1)).toBe(-1);
    const notes = buildTranscriptText(makeSegments(SENTENCES, false));
    expect(findWordAtTime(notes, 1000)).toBe(-1);
    expect(getRangeTimes(notes, { first: 0, last: 1 })).toEqual({ startMs: null, endMs: null });
  });

  it('bound a range', () => {
    expect(getRangeTimes(text, { first: 1, last: 2 })).toEqual({ startMs: 500, endMs: 1400 });
  });
});

it('reaches the smaller of two excerpts that overlap', () => {
  const marks = [
    { name: 'long', range: { first: 0, last: 9 } },
    { name: 'short', range: { first: 2, last: 4 } },
  ];
  expect(findExcerptAtWord(marks, 3)?.name).toBe('short');
  expect(findExcerptAtWord(marks, 8)?.name).toBe('long');
  expect(findExcerptAtWord(marks, 12)).toBeUndefined();
});
