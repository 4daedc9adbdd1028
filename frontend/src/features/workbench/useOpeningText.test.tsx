import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Segment } from '@/api';
import { makeSegment } from '@/testing/makeSession';
import { useOpeningText } from './useOpeningText';

const LONG: Segment[] = Array.from({ length: 400 }, (_, index) => ({
  ...makeSegment(index * 100, index * 100, 'Six weeks'),
  start_ms: index * 1000,
}));

/** How many segments there were, each time something was rendered. */
function open(segments: Segment[], address = '/'): number[] {
  const seen: number[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>
  );
  renderHook(() => seen.push(useOpeningText({ segments }).segments.length), { wrapper });
  return seen;
}

describe('the text a session opens with', () => {
  it('is the beginning of a long one first, then all of it', () => {
    const seen = open(LONG);
    expect(seen[0]).toBe(48);
    expect(seen.at(-1)).toBe(400);
  });

  it('is all of a short one', () => {
    expect(open(LONG.slice(0, 70))).toEqual([70]);
  });

  it.each(['/?word=20000', '/?t=200000', '/?excerpt=excerpt-1'])(
    'is all of it where the address leads further in: %s',
    (address) => {
      expect(open(LONG, address)[0]).toBe(400);
    },
  );

  it.each(['/?word=1016', '/?t=9500'])(
    'is the beginning where that holds the place: %s',
    (address) => {
      expect(open(LONG, address)[0]).toBe(48);
    },
  );
});
