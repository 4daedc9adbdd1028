/** Excerpts that lie over each other: which there are at a word, and the way from one to the next. */

import type { WordRange } from './transcriptText';

interface Marked {
  excerpt: { id: string };
  range: WordRange;
}

const getLength = ({ range }: Marked) => range.last - range.first;

/** The excerpts that cover a word, the shortest first. */
export function listExcerptsAt<One extends Marked>(marks: readonly One[], word: number): One[] {
  return marks
    .filter(({ range }) => range.first <= word && word <= range.last)
    .sort((a, b) => getLength(a) - getLength(b) || a.range.first - b.range.first);
}

export interface OverlapPlace {
  /** Of those here, which is the active one, from 1; 0 for none of them. */
  position: number;
  count: number;
}

/** Where words with several excerpts are looked at: at the cursor, or else in the active one. */
export function findOverlapWord(
  marks: readonly Marked[],
  activeId: string | null,
  cursor: number,
): number {
  const active = marks.find(({ excerpt }) => excerpt.id === activeId);
  if (!active) return cursor;
  const { first, last } = active.range;
  return cursor >= first && cursor <= last ? cursor : first;
}

export function getOverlapPlace(
  marks: readonly Marked[],
  activeId: string | null,
  cursor: number,
): OverlapPlace {
  const here = listExcerptsAt(marks, findOverlapWord(marks, activeId, cursor));
  return {
    position: here.findIndex(({ excerpt }) => excerpt.id === activeId) + 1,
    count: here.length,
  };
}

/** The next of the excerpts at the cursor, round and round; undefined where there is none. */
export function cycleExcerpts<One extends Marked>(
  marks: readonly One[],
  activeId: string | null,
  cursor: number,
  by: 1 | -1,
): One | undefined {
  const here = listExcerptsAt(marks, findOverlapWord(marks, activeId, cursor));
  if (here.length === 0) return undefined;
  const at = here.findIndex(({ excerpt }) => excerpt.id === activeId);
  if (at === -1) return by === 1 ? here[0] : here[here.length - 1];
  return here[(at + by + here.length) % here.length];
}
