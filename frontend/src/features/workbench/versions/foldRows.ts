/** Runs of passages that two versions have in common, folded away between those that differ. */

import type { ComparedRow } from '@/api';

export type RowGroup =
  | { kind: 'same'; rows: ComparedRow[] }
  | { kind: 'different'; row: ComparedRow };

export function foldRows(rows: readonly ComparedRow[]): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (row.kind !== 'same') groups.push({ kind: 'different', row });
    else if (last?.kind === 'same') last.rows.push(row);
    else groups.push({ kind: 'same', rows: [row] });
  }
  return groups;
}
