/** What the parts of the page share of editing text. */

import { createContext, useContext } from 'react';
import type { ApiError } from '@/api';
import type { Selection } from './cuts';

/** The passage that is open as a field. */
export interface OpenPassage {
  segmentId: string;
  /** What it said when it was opened: nobody else's words are written over unseen. */
  base: string;
  text: string;
  selection: Selection;
}

/** A text that was not saved. It is shown at its passage until somebody decides. */
export interface Unsaved {
  segmentId: string;
  base: string;
  mine: string;
  /** What stands there now; null where the passage is gone or the server did not say. */
  theirs: string | null;
  error: ApiError | Error;
}

export interface TextEditing {
  /** Whether this person may edit, and the text has stopped growing. */
  mayEdit: boolean;
  /** Which passage is open; what is typed there is told to the field alone. */
  openId: string | null;
  /** Texts that are on their way to the server, by passage: shown as if they were there. */
  pending: ReadonlyMap<string, string>;
  unsaved: ReadonlyMap<string, Unsaved>;
}

export interface TextTools {
  /** Opens a passage; without a selection the caret stands at its start. */
  openPassage: (segmentId: string, selection?: Selection) => void;
  type: (text: string, selection: Selection) => void;
  /** Leaves the field without saving; what was typed can be brought back. */
  leave: () => void;
  save: () => Promise<boolean>;
  split: (offset: number, speakerId: string | null | undefined) => Promise<void>;
  joinWithPrevious: () => Promise<void>;
  joinWithNext: () => Promise<void>;
  giveToPrevious: (wordCount: number) => Promise<void>;
  giveToNext: (firstWord: number) => Promise<void>;
  remove: () => Promise<void>;
  keepMine: (unsaved: Unsaved) => void;
  keepTheirs: (unsaved: Unsaved) => void;
  mergeByHand: (unsaved: Unsaved) => void;
}

const NOTHING: TextEditing = {
  mayEdit: false,
  openId: null,
  pending: new Map(),
  unsaved: new Map(),
};

export const TextEditingContext = createContext<TextEditing>(NOTHING);
export const OpenPassageContext = createContext<OpenPassage | null>(null);
export const TextToolsContext = createContext<TextTools | null>(null);

export function useTextEditing(): TextEditing {
  return useContext(TextEditingContext);
}

export function useOpenPassage(): OpenPassage | null {
  return useContext(OpenPassageContext);
}

export function useTextTools(): TextTools {
  const tools = useContext(TextToolsContext);
  if (!tools) throw new Error('This is only for parts of the session page.');
  return tools;
}
