import { describe, expect, it } from 'vitest';
import type { Tag } from '@/api';
import { makeTag as makeAnyTag } from '@/testing/makeEvidence';
import { isNewName, listTagChoices, matchTags, scoreName } from './matchTags';

function makeTag(name: string, excerpt_count = 0, parent_id: string | null = null): Tag {
  return makeAnyTag({ id: name, name, excerpt_count, parent_id });
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

describe('what the picker offers', () => {
  const tags = [
    makeTag('Waiting'),
    makeTag('On hold', 0, 'Waiting'),
    makeTag('In the room', 0, 'Waiting'),
    makeTag('Reminders'),
    makeTag('Lost', 0, 'Gone'),
  ];
  const offer = (query: string, recentIds: string[] = []) =>
    listTagChoices(tags, query, recentIds).map(({ tag, depth, path, group }) =>
      [group, depth, ...path, tag.name].join(' '),
    );

  it('is what was used lately, then the tree, while nothing is typed', () => {
    expect(offer('', ['On hold', 'deleted since'])).toEqual([
      'recent 0 Waiting On hold',
      'tree 0 Lost',
      'tree 0 Reminders',
      'tree 0 Waiting',
      'tree 1 In the room',
      'tree 1 On hold',
    ]);
  });

  it('finds a tag by those above it, and puts a slip of the finger last', () => {
    expect(offer('waiting')).toEqual([
      'match 0 Waiting',
      'far 0 Waiting In the room',
      'far 0 Waiting On hold',
    ]);
    expect(offer('waiting > hold')).toEqual([]);
    expect(offer('waiting > on h')).toEqual(['far 0 Waiting On hold']);
    expect(offer('remimders')).toEqual(['far 0 Reminders']);
    expect(offer('losst')).toEqual(['far 0 Lost']);
  });

  it('puts those used lately before others that match as well', () => {
    const pair = [makeTag('Hold one'), makeTag('Hold two')];
    const found = listTagChoices(pair, 'hold', ['Hold two']).map(({ tag }) => tag.name);
    expect(found).toEqual(['Hold two', 'Hold one']);
  });
});
