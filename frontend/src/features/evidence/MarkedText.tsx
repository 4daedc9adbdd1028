/** A text with the words that matched marked. */

import { splitMarked } from './markedText';

interface MarkedTextProps {
  text: string;
  /** Half-open ranges of code points. */
  ranges?: readonly (readonly [start: number, end: number])[];
}

export function MarkedText({ text, ranges = [] }: MarkedTextProps) {
  if (ranges.length === 0) return text;
  return splitMarked(text, ranges).map((piece) =>
    piece.isMarked ? (
      <mark key={piece.start}>{piece.text}</mark>
    ) : (
      <span key={piece.start}>{piece.text}</span>
    ),
  );
}
