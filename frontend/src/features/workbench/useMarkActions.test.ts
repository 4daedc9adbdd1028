import { describe, expect, it } from 'vitest';
import { moveEnd } from './useMarkActions';

describe('one end moved by a word', () => {
  it.each([
    ['first', -1, { first: 1, last: 4 }],
    ['first', 1, { first: 3, last: 4 }],
    ['last', -1, { first: 2, last: 3 }],
    ['last', 1, { first: 2, last: 5 }],
  ] as const)('%s by %i', (end, by, expected) => {
    expect(moveEnd({ first: 2, last: 4 }, end, by, 9)).toEqual(expected);
  });

  it('never leaves the text, and never leaves no word', () => {
    expect(moveEnd({ first: 0, last: 3 }, 'first', -1, 4)).toBeNull();
    expect(moveEnd({ first: 0, last: 3 }, 'last', 1, 4)).toBeNull();
    expect(moveEnd({ first: 2, last: 2 }, 'first', 1, 4)).toBeNull();
    expect(moveEnd({ first: 2, last: 2 }, 'last', -1, 4)).toBeNull();
  });
});
