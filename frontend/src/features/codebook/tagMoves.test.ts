import { describe, expect, it } from 'vitest';
import type { Tag } from '@/api';
import { makeTag } from '@/testing/makeEvidence';
import { type Direction, findDropPlace, findStepPlace, withMoved } from './tagMoves';
import { buildTree, listLines } from './tagTree';

const tag = (id: string, parent_id: string | null, position: number) =>
  makeTag({ id, name: id, parent_id, position });
const TAGS = [
  tag('waiting', null, 0),
  tag('phone', 'waiting', 0),
  tag('hold', 'phone', 0),
  tag('weeks', 'waiting', 7),
  tag('trust', null, 3),
];
const outline = (tags: readonly Tag[]) =>
  listLines(buildTree(tags), new Set()).map((line) => `${'-'.repeat(line.depth)}${line.tag.id}`);
const step = (id: string, direction: Direction) => {
  const place = findStepPlace(TAGS, id, direction);
  return place && outline(withMoved(TAGS, id, place)).join(' ');
};

describe('a tag that is dropped', () => {
  it('goes before, after or under another', () => {
    expect(findDropPlace(TAGS, 'trust', 'weeks', 'before')).toEqual({
      parent_id: 'waiting',
      position: 1,
    });
    expect(findDropPlace(TAGS, 'trust', 'weeks', 'after')).toEqual({
      parent_id: 'waiting',
      position: 2,
    });
    expect(findDropPlace(TAGS, 'trust', 'phone', 'inside')).toEqual({
      parent_id: 'phone',
      position: 1,
    });
  });

  it('never goes under itself, nor where it is', () => {
    expect(findDropPlace(TAGS, 'waiting', 'hold', 'inside')).toBeNull();
    expect(findDropPlace(TAGS, 'waiting', 'waiting', 'after')).toBeNull();
    expect(findDropPlace(TAGS, 'weeks', 'phone', 'after')).toBeNull();
    expect(findDropPlace(TAGS, 'hold', 'phone', 'inside')).toBeNull();
  });
});

describe('a tag that is moved by keys', () => {
  it('goes one step', () => {
    expect(step('weeks', 'up')).toBe('waiting -weeks -phone --hold trust');
    expect(step('waiting', 'down')).toBe('trust waiting -phone --hold -weeks');
    expect(step('trust', 'in')).toBe('waiting -phone --hold -weeks -trust');
    expect(step('hold', 'out')).toBe('waiting -phone -hold -weeks trust');
  });

  it('stays where there is no such step', () => {
    expect(step('waiting', 'up')).toBeNull();
    expect(step('trust', 'down')).toBeNull();
    expect(step('phone', 'in')).toBeNull();
    expect(step('trust', 'out')).toBeNull();
  });
});
