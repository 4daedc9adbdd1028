import { describe, expect, it } from 'vitest';
import { makeTag } from '@/testing/makeEvidence';
import { proposeColour, TAG_COLOURS } from './tagColours';
import { buildTree, listBranchIds, listLines, listPlaces, pruneTree } from './tagTree';
import { describeDeletion } from './useTagChanges';

const tag = (id: string, parent_id: string | null = null, position = 0) =>
  makeTag({ id, name: id, parent_id, position });
const TAGS = [
  tag('hold', 'phone', 1),
  tag('waiting', null, 1),
  tag('phone', 'waiting'),
  tag('app', null, 0),
  tag('queue', 'phone', 0),
];
const outline = (lines: ReturnType<typeof listLines>) =>
  lines.map((line) => `${'-'.repeat(line.depth)}${line.tag.id}`);

describe('the tree', () => {
  it('nests and orders tags', () => {
    expect(outline(listLines(buildTree(TAGS), new Set()))).toEqual([
      'app',
      'waiting',
      '-phone',
      '--queue',
      '--hold',
    ]);
  });

  it('hides what is under a closed tag', () => {
    expect(outline(listLines(buildTree(TAGS), new Set(['phone'])))).toEqual([
      'app',
      'waiting',
      '-phone',
    ]);
  });

  it('shows a tag whose parent is gone at the top', () => {
    expect(outline(listLines(buildTree([tag('lost', 'nowhere')]), new Set()))).toEqual(['lost']);
  });

  it('finds a tag with the path to it', () => {
    expect(outline(listLines(pruneTree(buildTree(TAGS), 'HOLD'), new Set()))).toEqual([
      'waiting',
      '-phone',
      '--hold',
    ]);
    expect(pruneTree(buildTree(TAGS), 'nothing')).toEqual([]);
  });
});

describe('moving', () => {
  it('never offers a place inside the tag itself', () => {
    expect(listPlaces(TAGS, 'phone').map((place) => place.value)).toEqual(['app', 'waiting']);
  });

  it('names places by their path', () => {
    expect(listPlaces(TAGS).find((place) => place.value === 'hold')?.label).toBe(
      'waiting › phone › hold',
    );
  });

  it('knows a branch however deep, in any order', () => {
    expect([...listBranchIds(TAGS, 'waiting')].sort()).toEqual([
      'hold',
      'phone',
      'queue',
      'waiting',
    ]);
  });
});

describe('describeDeletion', () => {
  it('says what goes with the tag', () => {
    const branch = { ...TAGS.find((one) => one.id === 'phone')!, branch_excerpt_count: 9 };
    expect(describeDeletion(branch, TAGS)).toBe('“phone” and 2 tags under it taken off 9 excerpts');
    const unused = makeTag({ id: 'x', name: 'x', excerpt_count: 0 });
    expect(describeDeletion(unused, [unused])).toBe('“x” deleted');
  });
});

describe('proposeColour', () => {
  it('offers the least used colour', () => {
    expect(proposeColour([])).toBe(TAG_COLOURS[0]);
    expect(proposeColour([TAG_COLOURS[0].toUpperCase()])).toBe(TAG_COLOURS[1]);
    expect(proposeColour(TAG_COLOURS.slice(1))).toBe(TAG_COLOURS[0]);
  });
});
