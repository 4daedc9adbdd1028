import { describe, expect, it } from 'vitest';
import { pickBars } from './clipPeaks';

const peaks = (heights: number[]) => ({
  version: 1,
  samples_per_second: 10,
  length: heights.length,
  peaks: heights,
});

describe('pickBars', () => {
  it('takes the loudest moment of each part', () => {
    expect(pickBars(peaks([0, 50, 100, 20, 10, 30]), 0, 600, 3)).toEqual([0.5, 1, 0.3]);
  });

  it('looks only at the stretch asked for', () => {
    expect(pickBars(peaks([100, 100, 20, 40, 100]), 200, 400, 2)).toEqual([0.2, 0.4]);
  });

  it('draws silence past the end of the recording', () => {
    expect(pickBars(peaks([80]), 500, 900, 2)).toEqual([0, 0]);
  });
});
