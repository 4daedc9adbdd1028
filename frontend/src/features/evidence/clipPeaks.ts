/** The loudness of one stretch of a recording, as a few bars to draw. */

import type { Peaks } from '@/api';

/** `barCount` heights from 0 to 1, each the loudest moment of its part of the stretch. */
export function pickBars(peaks: Peaks, startMs: number, endMs: number, barCount: number): number[] {
  const rate = peaks.samples_per_second / 1000;
  const first = Math.floor(startMs * rate);
  const step = Math.max(((endMs - startMs) * rate) / barCount, 0);
  return Array.from({ length: barCount }, (_, bar) => {
    const from = Math.floor(first + bar * step);
    const to = Math.max(from + 1, Math.floor(first + (bar + 1) * step));
    return Math.max(0, ...peaks.peaks.slice(from, to)) / 100;
  });
}
