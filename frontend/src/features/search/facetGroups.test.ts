import { describe, expect, it } from 'vitest';
import type { Facet, FacetField, FacetValue } from '@/api';
import {
  listFacetGroups,
  pickShown,
  type ShownValue,
  splitAttribute,
  toTitle,
} from './facetGroups';
import { readSearchState } from './searchState';

const value = (name: string, changes: Partial<FacetValue> = {}): ShownValue => ({
  value: name,
  label: name,
  colour: null,
  excerpts: 3,
  people: 2,
  is_selected: false,
  is_left_out: false,
  ...changes,
});
const facet = (field: FacetField, ...values: FacetValue[]): Facet => ({ field, values });
const label = (field: FacetField, name: string) => `${field}:${name}`;
const state = (address: string) => readSearchState(new URLSearchParams(address));

describe('listFacetGroups', () => {
  it('orders the facets and leaves out empty ones', () => {
    const facets = [facet('study', value('s1')), facet('tag'), facet('quadrant', value('pain'))];
    const groups = listFacetGroups(facets, state(''), label);
    expect(groups.map((group) => group.title)).toEqual(['Empathy map', 'Study']);
  });

  it('groups attributes by their name', () => {
    const facets = [
      facet('attribute', value('books_by=phone'), value('age_group=60+'), value('books_by=app')),
    ];
    const groups = listFacetGroups(facets, state(''), label);
    expect(groups.map((group) => [group.title, group.values.map((one) => one.label)])).toEqual([
      ['Age group', ['60+']],
      ['Books by', ['Phone', 'App']],
    ]);
    expect(groups[1].values[0].value).toBe('books_by=phone');
  });

  it('keeps a chosen value that nothing has any more, under its name', () => {
    const groups = listFacetGroups([facet('tag', value('a'))], state('tag=b'), label);
    expect(groups[0].values.map((one) => [one.label, one.excerpts, one.is_selected])).toEqual([
      ['a', 3, false],
      ['tag:b', 0, true],
    ]);
  });

  it('keeps a value that is left out in sight', () => {
    const [group] = listFacetGroups([facet('tag', value('a'))], state('not_tag=b'), label);
    expect(group.values.map((one) => [one.label, one.is_left_out])).toEqual([
      ['a', false],
      ['tag:b', true],
    ]);
    expect(pickShown(group.values, 1)).toHaveLength(2);
  });

  it('believes the address about what is chosen', () => {
    const stale = facet('tag', value('a', { is_selected: true }), value('b'));
    const [group] = listFacetGroups([stale], state('tag=b'), label);
    expect(group.values.map((one) => one.is_selected)).toEqual([false, true]);
  });
});

describe('small parts', () => {
  it('shows the first values and every chosen one', () => {
    const values = ['a', 'b', 'c', 'd'].map((name) => value(name, { is_selected: name === 'd' }));
    expect(pickShown(values, 2).map((one) => one.value)).toEqual(['a', 'b', 'd']);
  });

  it.each([
    ['books_by=phone', ['books_by', 'phone']],
    ['note=a=b', ['note', 'a=b']],
    ['alone', ['', 'alone']],
  ])('splits %s', (text, expected) => {
    expect(splitAttribute(text)).toEqual(expected);
  });

  it('writes names as titles', () => {
    expect(toTitle('age_group')).toBe('Age group');
  });
});
