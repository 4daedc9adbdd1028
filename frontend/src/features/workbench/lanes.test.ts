import { expect, it } from 'vitest';
import { assignLanes } from './lanes';

it('puts ranges that don’t overlap in one lane', () => {
  expect(
    assignLanes([
      { first: 0, last: 4 },
      { first: 5, last: 9 },
    ]),
  ).toEqual([0, 0]);
});

it('keeps overlapping ranges apart, in whatever order they come', () => {
  const ranges = Array.from({ length: 60 }, (_, index) => {
    const first = (index * 37) % 50;
    return { first, last: first + ((index * 13) % 11) };
  });
  const lanes = assignLanes(ranges);
  ranges.forEach((a, i) => {
    ranges.forEach((b, j) => {
      const doOverlap = i !== j && a.first <= b.last && b.first <= a.last;
      if (doOverlap) expect(lanes[i]).not.toBe(lanes[j]);
    });
  });
});

it('uses no more lanes than overlap at one word', () => {
  const ranges = [
    { first: 0, last: 10 },
    { first: 2, last: 3 },
    { first: 5, last: 8 },
    { first: 9, last: 12 },
  ];
  expect(Math.max(...assignLanes(ranges))).toBe(1);
});
