import { describe, expect, it } from 'vitest';
import { findSilenceEnd, listSilences } from './silences';

describe('silences', () => {
  it('lie before, between and after speech, where they are long', () => {
    const speech = [
      [2000, 5000],
      [6000, 7000],
      [12_000, 13_000],
    ] as const;
    expect(listSilences(speech, 20_000)).toEqual([
      [0, 2000],
      [7000, 12_000],
      [13_000, 20_000],
    ]);
  });

  it('are unknown where no speech was detected', () => {
    expect(listSilences([], 20_000)).toEqual([]);
  });

  it.each<[positionMs: number, expected: number | null, why: string]>([
    [7200, null, 'its first moment is a breath'],
    [7400, 11_650, 'from its middle one lands before the next word'],
    [11_500, null, 'a jump of a moment would only be heard as a fault'],
    [12_500, null, 'somebody speaks'],
  ])('at %i ms leads to %s: %s', (positionMs, expected, _why) => {
    expect(findSilenceEnd([[7000, 12_000]], positionMs)).toBe(expected);
  });
});
