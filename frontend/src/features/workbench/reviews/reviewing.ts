/** What the parts of the review share. */

import { createContext, useContext } from 'react';
import type { Review } from '@/api';
import type { WordRange } from '../transcriptText';

export interface Reviewing {
  reviews: readonly Review[];
  openCount: number;
  /** Undefined while the review is closed. */
  current: Review | undefined;
  /** Where the current one is proposed to be, or is, in the text that is shown. */
  place: WordRange | null;
  /** What was done last, or what is to be done now. */
  message: string;
  isSaving: boolean;
  /** Opens the review, at one of them or at the first that is open. */
  start: (reviewId?: string) => void;
  stop: () => void;
  step: (by: 1 | -1) => void;
  accept: () => void;
  /** Takes the words that are chosen in the text. */
  acceptChosen: () => void;
  /** How many open ones are where they should be, in other words only. */
  rewordedCount: number;
  acceptReworded: () => void;
  keep: () => void;
  /** Opens the current one again, or else the one that was settled last. */
  undo: () => void;
}

export const ReviewingContext = createContext<Reviewing | null>(null);

export function useReviewing(): Reviewing {
  const reviewing = useContext(ReviewingContext);
  if (!reviewing) throw new Error('This is only for parts of the session page.');
  return reviewing;
}
