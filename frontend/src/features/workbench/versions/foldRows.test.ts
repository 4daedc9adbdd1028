import { expect, it } from 'vitest';
import type { ComparedRow } from '@/api';
import { foldRows } from './foldRows';

const rows = (...kinds: ComparedRow['kind'][]): ComparedRow[] =>
  kinds.map((kind, index) => ({
    kind,
    start_ms: index * 1000,
    end_ms: index * 1000 + 900,
    old_text: `old ${index}`,
    new_text: `new ${index}`,
    old: [],
    new: [],
  }));

it('folds what is the same and keeps each difference by itself, in order', () => {
  const all = rows('same', 'same', 'changed', 'added', 'same', 'removed');
  const groups = foldRows(all);
  expect(
    groups.map((group) => (group.kind === 'same' ? group.rows.length : group.row.kind)),
  ).toEqual([2, 'changed', 'added', 1, 'removed']);
  expect(groups.flatMap((group) => (group.kind === 'same' ? group.rows : [group.row]))).toEqual(
    all,
  );
});

it('has nothing to show of nothing', () => {
  expect(foldRows([])).toEqual([]);
});
