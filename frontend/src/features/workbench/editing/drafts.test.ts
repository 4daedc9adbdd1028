import { beforeEach, expect, it } from 'vitest';
import { dropDraft, keepDraft, listDrafts, readDraft } from './drafts';

beforeEach(() => localStorage.clear());

it('what was typed is kept by its passage, until it is saved', () => {
  keepDraft('t1', { segmentId: 'a', base: 'old', text: 'new' });
  keepDraft('t1', { segmentId: 'b', base: 'old', text: 'other' });
  keepDraft('t2', { segmentId: 'a', base: 'old', text: 'elsewhere' });
  expect(readDraft('t1', 'a')).toEqual({ segmentId: 'a', base: 'old', text: 'new' });
  expect(listDrafts('t1')).toHaveLength(2);
  dropDraft('t1', 'a');
  expect(listDrafts('t1').map(({ segmentId }) => segmentId)).toEqual(['b']);
});

it('what is no draft is passed over', () => {
  localStorage.setItem('earshot.passage.t1.a', 'nonsense');
  expect(listDrafts('t1')).toEqual([]);
});
