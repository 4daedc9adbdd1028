/** Lanes for the stripes beside the text, so that overlapping excerpts can be told apart. */

import type { WordRange } from './transcriptText';

/** A lane for each range: the first that is free where the range begins. */
export function assignLanes(ranges: readonly WordRange[]): number[] {
  const order = ranges
    .map((_, index) => index)
    .sort((a, b) => ranges[a].first - ranges[b].first || ranges[b].last - ranges[a].last);
  const lanes = new Array<number>(ranges.length).fill(0);
  const lastOfLane: number[] = [];
  for (const index of order) {
    const { first, last } = ranges[index];
    let lane = lastOfLane.findIndex((end) => end < first);
    if (lane === -1) lane = lastOfLane.length;
    lastOfLane[lane] = last;
    lanes[index] = lane;
  }
  return lanes;
}
