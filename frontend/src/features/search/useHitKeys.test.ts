import { describe, expect, it } from 'vitest';
import { getNextHit } from './useHitKeys';

describe('getNextHit', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, -1],
    ['Escape', 3, -1],
    ['Home', 3, 0],
    ['End', 1, 4],
    ['Tab', 1, null],
  ])('%s from %i of five leads to %s', (key, index, expected) => {
    expect(getNextHit(key, index, 5)).toBe(expected);
  });
});
