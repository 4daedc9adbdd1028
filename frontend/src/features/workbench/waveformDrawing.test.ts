import { expect, it } from 'vitest';
import { fitPeaks } from './waveformDrawing';

it('keeps the loudest of each stretch', () => {
  expect(fitPeaks([0, 50, 100, 10, 20, 30], 3)).toEqual([0.5, 1, 0.3]);
});

it('repeats peaks where there are more columns than peaks', () => {
  expect(fitPeaks([100, 50], 4)).toEqual([1, 1, 0.5, 0.5]);
});

it('is silent without peaks', () => {
  expect(fitPeaks([], 3)).toEqual([0, 0, 0]);
});
