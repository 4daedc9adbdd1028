/** What the parts of the session page share. */

import { createContext, type Dispatch, useContext } from 'react';
import type { Excerpt, Persona, SessionDetail, Source, Tag, Transcript } from '@/api';
import type { ExcerptEditor } from './excerptEditor';
import type { Marking, MarkingAction } from './marking';
import type { Mark } from './marks';
import type { SpeakerFace } from './speakers';
import type { TranscriptText } from './transcriptText';

export interface Workbench {
  session: SessionDetail;
  source: Source;
  transcript: Transcript;
  text: TranscriptText;
  excerpts: readonly Excerpt[];
  marks: readonly Mark[];
  personas: readonly Persona[];
  tags: readonly Tag[];
  faces: ReadonlyMap<string, SpeakerFace>;
  editor: ExcerptEditor;
  marking: Marking;
  dispatch: Dispatch<MarkingAction>;
  /** May this person mark words, and correct them. */
  mayMark: boolean;
  /** Plays the recording from a time; does nothing where there is no audio. */
  playFrom: (startMs: number) => void;
}

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('useWorkbench is only for parts of the session page.');
  return workbench;
}
