import { describe, expect, it } from 'vitest';
import { makeSegment } from '@/testing/makeSession';
import { patchSegments } from './patchTranscript';

const KNOWN = [
  makeSegment(16, 16, 'One two'),
  makeSegment(48, 48, 'three'),
  makeSegment(64, 64, 'x'),
];
const read = (segments: readonly { id: string; words: string[] }[]) =>
  segments.map(({ id, words }) => `${id}: ${words.join(' ')}`);

describe('changed passages', () => {
  it('stand where they stood, new ones where they belong', () => {
    const first = { ...KNOWN[0], words: ['One'] };
    const second = { ...makeSegment(32, 32, 'two'), id: 'new' };
    const patched = patchSegments(KNOWN, { segments: [second, first] });
    expect(read(patched)).toEqual([
      'segment-16: One',
      'new: two',
      'segment-48: three',
      'segment-64: x',
    ]);
    expect(patched[2]).toBe(KNOWN[1]);
  });

  it('are gone where they were joined or deleted, also when they come along', () => {
    const joined = { ...KNOWN[0], words: ['One', 'two', 'three'] };
    const patched = patchSegments(KNOWN, {
      segments: [joined, KNOWN[1]],
      deleted_segment_ids: [KNOWN[1].id],
    });
    expect(read(patched)).toEqual(['segment-16: One two three', 'segment-64: x']);
  });

  it('move where their position says', () => {
    const moved = { ...KNOWN[1], position: 80 };
    expect(patchSegments(KNOWN, { segments: [moved] }).map(({ position }) => position)).toEqual([
      16, 64, 80,
    ]);
  });
});
