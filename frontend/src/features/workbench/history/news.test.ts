import { describe, expect, it } from 'vitest';
import type { Change, News } from '@/api';
import { makeExcerpt } from '@/testing/makeEvidence';
import { makeChange, makeNews } from '@/testing/makeHistory';
import { makeSegment } from '@/testing/makeSession';
import { describeNews, listOthersChanges, mergeExcerpts, mergeSegments } from './news';

const names = (excerpts: { id: string; text: string }[]) =>
  excerpts.map(({ id, text }) => `${id} ${text}`);

describe('news of excerpts', () => {
  const known = [makeExcerpt({ id: 'a', text: 'old' }), makeExcerpt({ id: 'b', text: 'here' })];
  const news = makeNews({
    excerpts: [makeExcerpt({ id: 'a', text: 'new' }), makeExcerpt({ id: 'c', text: 'theirs' })],
    deleted_excerpt_ids: ['b', 'never seen'],
  });

  it('change, add and take away', () => {
    expect(names(mergeExcerpts(known, news, () => true))).toEqual(['a new', 'c theirs']);
  });

  it('leave alone what is being changed here', () => {
    const mayShow = (id: string) => id === 'c';
    expect(names(mergeExcerpts(known, news, mayShow))).toEqual(['a old', 'b here', 'c theirs']);
  });
});

describe('news of the text', () => {
  const [first, last] = [makeSegment(0, 16, 'one two'), makeSegment(64, 64, 'five six')];
  const inTranscript = (segment: typeof first, transcript_id = 'transcript-1') => ({
    ...segment,
    transcript_id,
  });

  it('come in reading order, without what is gone', () => {
    const news = {
      segments: [
        inTranscript(makeSegment(32, 32, 'three')),
        inTranscript(makeSegment(0, 16, 'ONE')),
      ],
      deleted_segment_ids: ['segment-64'],
    };
    const merged = mergeSegments([first, last], news, 'transcript-1');
    expect(merged.map(({ words }) => words.join(' '))).toEqual(['ONE', 'three']);
    expect(merged[0]).not.toHaveProperty('transcript_id');
  });

  it('of another transcript change nothing', () => {
    const known = [first, last];
    const news = { segments: [inTranscript(first, 'other')], deleted_segment_ids: ['elsewhere'] };
    expect(mergeSegments(known, news, 'transcript-1')).toBe(known);
  });
});

describe('what is told of others', () => {
  const bob = { id: 'bob', name: 'Bob' };
  const alice = { id: 'alice', name: 'Alice' };
  const tell = (changes: Partial<Change>[], told = 0) => {
    const news: News = makeNews({ changes: changes.map((change) => makeChange(change)) });
    return describeNews(listOthersChanges(news, told, 'alice'));
  };

  it('is what they did, once', () => {
    const marked = { number: 5, created_by: bob, is_mine: false, summary: 'Marked “faster”' };
    expect(tell([marked])).toBe('Bob marked “faster”');
    expect(tell([marked], 5)).toBe('');
    const placed = { ...marked, number: 6, summary: 'Placed “faster” in Gains' };
    expect(tell([marked, placed])).toBe('Bob placed “faster” in Gains, and 1 more');
  });

  it('is also what they took back, even of mine; and never what I did', () => {
    const mine = { number: 7, created_by: alice, is_mine: true, summary: 'Marked “faster”' };
    const undone_at = '2026-11-22T10:00:00Z';
    expect(tell([mine])).toBe('');
    expect(tell([{ ...mine, undone_at, undone_by: alice }])).toBe('');
    expect(tell([{ ...mine, undone_at, undone_by: bob }])).toBe('Bob took back: marked “faster”');
    expect(tell([{ ...mine, created_by: bob, is_mine: false, undone_at, undone_by: alice }])).toBe(
      '',
    );
  });
});
