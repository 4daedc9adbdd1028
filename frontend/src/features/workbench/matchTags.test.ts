import { describe, expect, it } from 'vitest';
import type { Tag } from '@/api';
import { isNewName, matchTags, scoreName } from './matchTags';

function makeTag(name: string, excerpt_count = 0): Tag {
  return {
    id: name,
    name,
    description: '',
    colour: '#888888',
    parent_id: null,
    position: 0,
    excerpt_count,
    people_count: 0,
  };
}

const names = (tags: Tag[]) => tags.map((tag) => tag.name);

describe('matchTags', () => {
  const tags = ['On hold', 'Holiday', 'Household', 'Reminders', 'Café'].map((name) =>
    makeTag(name),
  );

  it('puts beginnings before words inside before scattered letters', () => {
    expect(names(matchTags(tags, 'hold'))).toEqual(['On hold', 'Household', 'Holiday']);
    expect(names(matchTags(tags, 'ho'))).toEqual(['Holiday', 'Household', 'On hold']);
  });

  it('forgives accents, case and left-out letters', () => {
    expect(names(matchTags(tags, 'cafe'))).toEqual(['Café']);
    expect(names(matchTags(tags, 'rmdr'))).toEqual(['Reminders']);
  });

  it('shows all, the most used first, while nothing is typed', () => {
    const used = [makeTag('Rare', 1), makeTag('Common', 9)];
    expect(names(matchTags(used, ' '))).toEqual(['Common', 'Rare']);
  });

  it('finds nothing for letters that aren’t there', () => {
    expect(matchTags(tags, 'xyz')).toEqual([]);
    expect(scoreName('On hold', 'dlo')).toBeNull();
  });
});

it('offers to create only a name that is new', () => {
  const tags = [makeTag('On hold')];
  expect(isNewName(tags, 'on HOLD ')).toBe(false);
  expect(isNewName(tags, 'hold')).toBe(true);
  expect(isNewName(tags, '   ')).toBe(false);
});
