/** How parts of the session page open the notes for writing. */

import { createContext, useContext } from 'react';

export interface NotesOpening {
  writeNew: () => void;
  edit: (sourceId: string) => void;
}

export const NotesOpeningContext = createContext<NotesOpening | null>(null);

/** Null where this person may not write notes. */
export function useNotesOpening(): NotesOpening | null {
  return useContext(NotesOpeningContext);
}
