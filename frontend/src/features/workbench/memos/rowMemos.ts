/** Which rows of the text have memos: on the passage, or on an excerpt that begins in it. */

import type { MemoCounts } from '@/api';
import type { Mark } from '../marks';
import type { TranscriptText } from '../transcriptText';

export function countRowMemos(
  text: TranscriptText,
  marks: readonly Mark[],
  counts: MemoCounts,
): Map<number, number> {
  const rows = new Map<number, number>();
  const add = (row: number, count: number | undefined) => {
    if (count) rows.set(row, (rows.get(row) ?? 0) + count);
  };
  text.segments.forEach(({ id }, row) => {
    add(row, counts.segments[id]);
  });
  for (const { excerpt, range } of marks) {
    add(text.segmentOf[range.first], counts.excerpts[excerpt.id]);
  }
  return rows;
}
