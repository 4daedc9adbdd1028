/** What the parts of speaker fixing share: means that stay, and a state that moves with every key. */

import { createContext, useContext } from 'react';
import type { Speaker, SpeakerScope } from '@/api';
import type { Turn } from './turns';
import type { SpeakerEditor } from './useSpeakerChanges';

/** What stays while one goes through the turns, so that a thousand names don't render with them. */
export interface SpeakerTools {
  editor: SpeakerEditor;
  /** Begins at a passage, or else where the recording or the reader is. */
  start: (passage?: number) => void;
  /** Plays the longest turn of a speaker. */
  playVoice: (speakerId: string) => void;
  merge: (speaker: Speaker, into: Speaker) => void;
}

export interface SpeakerFixing {
  isOn: boolean;
  /** The passage one stands at, by index. */
  cursor: number;
  turns: readonly Turn[];
  /** How far the next choice of a speaker reaches, and the passages it would change. */
  scope: SpeakerScope;
  reached: ReadonlySet<number>;
  /** What was done last. */
  message: string;
  canUndo: boolean;
  moveTo: (passage: number) => void;
  stepTurn: (by: number) => void;
  stepPassage: (by: number) => void;
  togglePlay: () => void;
  playTurnAt: (passage: number) => void;
  setScope: (scope: SpeakerScope) => void;
  give: (speakerId: string | null, scope?: SpeakerScope) => void;
  giveToNew: () => void;
  /** The speaker is right: on to the next turn. */
  confirm: () => void;
  undo: () => void;
  stop: () => void;
}

export const SpeakerToolsContext = createContext<SpeakerTools | null>(null);
export const SpeakerFixingContext = createContext<SpeakerFixing | null>(null);

const OUTSIDE = 'This is only for parts of the session page.';

export function useSpeakerTools(): SpeakerTools {
  const tools = useContext(SpeakerToolsContext);
  if (!tools) throw new Error(OUTSIDE);
  return tools;
}

export function useSpeakerFixing(): SpeakerFixing {
  const fixing = useContext(SpeakerFixingContext);
  if (!fixing) throw new Error(OUTSIDE);
  return fixing;
}
