/** Cutting a text at the ranges that matched. */

export interface TextPiece {
  text: string;
  isMarked: boolean;
  /** Where the piece begins, in code points. */
  start: number;
}

type Range = readonly [start: number, end: number];

function joinOverlaps(ranges: readonly Range[], length: number): Range[] {
  const ordered = ranges
    .map(([start, end]): Range => [Math.max(0, start), Math.min(length, end)])
    .filter(([start, end]) => start < end)
    .sort((left, right) => left[0] - right[0]);
  const joined: [number, number][] = [];
  for (const [start, end] of ordered) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** Pieces of `text` in order; `ranges` are half-open and count Unicode code points. */
export function splitMarked(text: string, ranges: readonly Range[]): TextPiece[] {
  const codePoints = [...text];
  const pieces: TextPiece[] = [];
  let position = 0;
  const take = (end: number, isMarked: boolean) => {
    if (end <= position) return;
    pieces.push({ text: codePoints.slice(position, end).join(''), isMarked, start: position });
    position = end;
  };
  for (const [start, end] of joinOverlaps(ranges, codePoints.length)) {
    take(start, false);
    take(end, true);
  }
  take(codePoints.length, false);
  return pieces;
}
