/** What the parts of the session page share. */

import { createContext, type Dispatch, useContext } from 'react';
import type { Excerpt, SessionDetail, Source, Transcript } from '@/api';
import type { ExcerptEditor } from './excerptEditor';
import type { Marking, MarkingAction } from './marking';
import type { Mark } from './marks';
import type { SpeakerFace } from './speakers/speakers';
import type { TranscriptText } from './transcriptText';

/** What stays while one reads and marks, so that its readers don't render with every key. */
export interface Workbench {
  session: SessionDetail;
  source: Source;
  transcript: Transcript;
  text: TranscriptText;
  faces: ReadonlyMap<string, SpeakerFace>;
  editor: ExcerptEditor;
  dispatch: Dispatch<MarkingAction>;
  /** May this person mark words, and correct them. */
  mayMark: boolean;
  /** Plays the recording from a time, and to one; does nothing where there is no audio. */
  playFrom: (startMs: number, endMs?: number) => void;
  /** What is chosen and marked by now, for keys: what is rendered may be a few of them behind. */
  getEvidence: () => Evidence;
}

/** What changes with every mark and choice. */
export interface Evidence {
  /** The text that the marks are of. */
  text: TranscriptText;
  excerpts: readonly Excerpt[];
  marks: readonly Mark[];
  marking: Marking;
}

export const WorkbenchContext = createContext<Workbench | null>(null);
export const EvidenceContext = createContext<Evidence | null>(null);

const OUTSIDE = 'This is only for parts of the session page.';

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error(OUTSIDE);
  return workbench;
}

export function useEvidence(): Evidence {
  const evidence = useContext(EvidenceContext);
  if (!evidence) throw new Error(OUTSIDE);
  return evidence;
}
