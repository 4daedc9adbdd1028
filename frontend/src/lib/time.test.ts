import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDuration,
  formatHeard,
  formatRelativeTime,
  formatSize,
  formatTimeLeft,
} from './time';

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [62_000, '1:02'],
    [3_599_999, '59:59'],
    [3_723_000, '1:02:03'],
    [36_000_000, '10:00:00'],
    [-5, '0:00'],
  ])('shows %i ms as %s', (durationMs, shown) => {
    expect(formatDuration(durationMs)).toBe(shown);
  });
});

describe('formatHeard', () => {
  it.each([
    [0, '0 min'],
    [20_000, 'under a minute'],
    [9 * 60_000, '9 min'],
    [60 * 60_000, '1 h'],
    [125 * 60_000, '2 h 5 min'],
  ])('shows %i ms as %s', (durationMs, shown) => {
    expect(formatHeard(durationMs)).toBe(shown);
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [3, 'a few seconds'],
    [31, 'about 40 seconds'],
    [58, 'about a minute'],
    [170, 'about 3 minutes'],
    [3600, 'about an hour'],
    [9000, 'about 3 hours'],
  ])('never pretends to be exact about %i seconds', (seconds, shown) => {
    expect(formatTimeLeft(seconds)).toBe(shown);
  });
});

describe('formatRelativeTime', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  it.each([
    ['2026-11-22T11:59:50Z', 'just now'],
    ['2026-11-22T11:55:00Z', '5 minutes ago'],
    ['2026-11-22T09:00:00Z', '3 hours ago'],
    ['2026-11-21T10:00:00Z', 'yesterday'],
    ['2026-11-01T12:00:00Z', '3 weeks ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
  ])('tells %s as %s', (time, shown) => {
    expect(formatRelativeTime(new Date(time), now)).toBe(shown);
  });
});

it('shows a day without shifting it by the time zone', () => {
  expect(formatDay('2026-11-04')).toBe('4 Nov 2026');
});

describe('formatSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_536_000, '1.5 MB'],
    [241_604, '242 kB'],
    [999_600, '1.0 MB'],
    [3_000_000_000, '3.0 GB'],
  ])('shows %i as %s', (sizeBytes, shown) => {
    expect(formatSize(sizeBytes)).toBe(shown);
  });
});
