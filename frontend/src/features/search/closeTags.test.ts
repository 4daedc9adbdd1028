import { describe, expect, it } from 'vitest';
import { makeTag } from '@/testing/makeEvidence';
import { findCloseTags, measureLikeness } from './closeTags';

const tags = ['reminders', 'waiting time', 'paper calendar', 'phone queue'].map((name) =>
  makeTag({ id: name, name }),
);
const find = (text: string) => findCloseTags(text, tags).map((tag) => tag.name);

describe('findCloseTags', () => {
  it.each([
    ['a slip of the finger', 'remidner', 'reminders'],
    ['the beginning of a word', 'remi', 'reminders'],
    ['another form of a word', 'waited', 'waiting time'],
    ['one of several words', 'my calender is full', 'paper calendar'],
  ])('sees through %s', (_, words, expected) => {
    expect(find(words)[0]).toBe(expected);
  });

  it('stays silent where nothing is close', () => {
    expect(find('xylophone orchestra')).not.toContain('reminders');
    expect(find('zzz')).toEqual([]);
    expect(find('a of')).toEqual([]);
  });

  it('offers no tag that nothing was marked with', () => {
    expect(findCloseTags('reminders', [makeTag({ excerpt_count: 0 })])).toEqual([]);
  });
});

describe('measureLikeness', () => {
  it('runs from nothing in common to the same word', () => {
    expect(measureLikeness('late', 'late')).toBe(1);
    expect(measureLikeness('abc', 'xyz')).toBe(0);
  });
});
