import { describe, expect, it } from 'vitest';
import { makeExcerpt } from '@/testing/makeEvidence';
import { pickRange } from './useExcerptSelection';

const LIST = ['a', 'b', 'c', 'd'].map((id) => makeExcerpt({ id }));

describe('pickRange', () => {
  it.each([
    ['b', 'd', 'bcd'],
    ['d', 'b', 'bcd'],
    ['c', 'c', 'c'],
    ['gone', 'b', 'b'],
    [null, 'b', 'b'],
  ])('from %s to %s', (from, to, expected) => {
    const end = LIST.find((excerpt) => excerpt.id === to)!;
    expect(
      pickRange(LIST, from, end)
        .map((excerpt) => excerpt.id)
        .join(''),
    ).toBe(expected);
  });

  it('is the one alone where the list does not have it', () => {
    const other = makeExcerpt({ id: 'other' });
    expect(pickRange(LIST, 'a', other)).toEqual([other]);
  });
});
