import { expect, it } from 'vitest';
import { addReading, getPace, getSecondsLeft, type Reading } from './pace';

function readEverySecond(done: number[]): Reading[] {
  return done.reduce<Reading[]>(
    (readings, value, second) => addReading(readings, { atMs: second * 1000, done: value }),
    [],
  );
}

it('says nothing from a single reading', () => {
  expect(getPace([{ atMs: 0, done: 5 }])).toBeNull();
  expect(getSecondsLeft([], 10)).toBeNull();
});

it('follows what happened lately, not since the beginning', () => {
  const slowThenFast = [...Array(20).keys()].map((second) => second * 10);
  const fast = [...Array(10).keys()].map((second) => 200 + second * 100);
  expect(getPace(readEverySecond([...slowThenFast, ...fast]))).toBeCloseTo(100, 0);
});

it('forgets old readings', () => {
  expect(readEverySecond([...Array(600).keys()]).length).toBeLessThan(15);
});

it('tells the time left from the pace', () => {
  expect(getSecondsLeft(readEverySecond([0, 10, 20]), 120)).toBeCloseTo(10);
});

it('has no time left to tell while nothing moves', () => {
  expect(getSecondsLeft(readEverySecond([5, 5, 5]), 10)).toBeNull();
});
