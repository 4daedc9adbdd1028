/** One side of a comparison, with the words marked that the other side hasn't. */

import type { ComparedPiece } from '@/api';
import classes from './ComparedText.module.css';

interface ComparedTextProps {
  pieces: readonly ComparedPiece[];
  side: 'old' | 'new';
}

export function ComparedText({ pieces, side }: ComparedTextProps) {
  const Changed = side === 'old' ? 'del' : 'ins';
  return (
    <p className={classes.side} dir="auto">
      {pieces.length === 0 ? <span className={classes.nothing}>—</span> : null}
      {pieces.map((piece, index) => {
        const gap = index > 0 ? ' ' : '';
        if (!piece.is_changed) return `${gap}${piece.text}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the sentence
          <span key={index}>
            {gap}
            <Changed>{piece.text}</Changed>
          </span>
        );
      })}
    </p>
  );
}
