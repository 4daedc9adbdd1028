import { describe, expect, it } from 'vitest';
import { describeFeelings, readRange, writeRange } from './feelingRange';

describe('a range of feelings', () => {
  it.each([
    [[], [-3, 3], []],
    [['1'], [1, 1], ['1']],
    [
      ['0', '-2', '-1'],
      [-2, 0],
      ['-2', '-1', '0'],
    ],
    // A link from before there were ranges.
    [
      ['2', '-3'],
      [-3, 2],
      ['-3', '-2', '-1', '0', '1', '2'],
    ],
  ])('of %j is %j, and %j in the address', (chosen, range, written) => {
    expect(readRange(chosen)).toEqual(range);
    expect(writeRange(range as [number, number])).toEqual(written);
  });

  it.each([
    [['-2', '1', '0', '-1'], 'Feeling −2 to +1'],
    [['3'], 'Feeling +3'],
    [['2', '-3'], 'Feeling −3 or +2'],
  ])('%j is called %s', (chosen, name) => {
    expect(describeFeelings(chosen)).toBe(name);
  });
});
