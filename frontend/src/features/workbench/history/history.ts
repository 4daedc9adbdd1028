/** What the parts of the history share. */

import { createContext, useContext } from 'react';
import type { Change } from '@/api';
import type { Standing } from './liveFeed';

/** What somebody else changed just now, for a name at its place. */
export interface FreshMark {
  excerptId: string;
  name: string;
}

export interface WorkbenchHistory extends Standing {
  undo: Standing['undo'];
  undoLatest: () => void;
  redoLatest: () => void;
  /** Undoes or does again one change, whoever made it. */
  turn: (change: Change) => void;
  goTo: (change: Pick<Change, 'excerpt_ids' | 'segment_ids'>) => boolean;
  /** Asks at once what is new: after something was saved. */
  poke: () => void;
  /** What happened last, for a while. */
  message: string;
  freshMarks: readonly FreshMark[];
}

export const HistoryContext = createContext<WorkbenchHistory | null>(null);

export function useWorkbenchHistory(): WorkbenchHistory {
  const history = useContext(HistoryContext);
  if (!history) throw new Error('This is only for parts of the session page.');
  return history;
}
