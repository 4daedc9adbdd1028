import { describe, expect, it } from 'vitest';
import { type MapScope, nameScope, readScope, toExcerptFilters, writeScope } from './mapScope';

const SCOPES: [MapScope, string][] = [
  [{ quadrant: 'pain', aspect: '', tag: 'tag-1' }, 'pain.none.tag-1'],
  [{ quadrant: 'say_do', aspect: 'do', tag: 'none' }, 'say_do.do.none'],
  [{ quadrant: 'think_feel', aspect: 'all', tag: 'all' }, 'think_feel.all.all'],
];

describe('a part of the map in the address', () => {
  it.each(SCOPES)('%o is written and read as %s', (scope, text) => {
    expect(writeScope(scope)).toBe(text);
    expect(readScope(text)).toEqual(scope);
  });

  it.each([[null], [''], ['pain'], ['pain.none'], ['fear.none.all'], ['pain.loud.all']])(
    'takes %s for no part at all',
    (text) => {
      expect(readScope(text)).toBeNull();
    },
  );
});

describe('the excerpts of a part', () => {
  it('are asked for by quadrant, aspect, tag and study', () => {
    expect(toExcerptFilters(SCOPES[1][0], 'maya', 'study-1')).toEqual({
      persona: 'maya',
      quadrant: 'say_do',
      aspect: 'do',
      tag: 'none',
      study: 'study-1',
    });
  });

  it('of a whole quadrant are asked for without aspect and tag', () => {
    expect(toExcerptFilters(SCOPES[2][0], 'maya')).toEqual({
      persona: 'maya',
      quadrant: 'think_feel',
    });
  });

  it('in no half are asked for as such', () => {
    expect(toExcerptFilters(SCOPES[0][0], 'maya').aspect).toBe('none');
  });
});

describe('nameScope', () => {
  it.each([
    ['pain.none.a', 'waiting', 'Pains: waiting'],
    ['say_do.do.a', 'waiting', 'Do: waiting'],
    ['think_feel.none.a', 'waiting', 'Think or feel: waiting'],
    ['think_feel.all.all', '', 'Think & Feel'],
  ])('%s', (text, theme, expected) => {
    expect(nameScope(readScope(text)!, theme)).toBe(expected);
  });
});
