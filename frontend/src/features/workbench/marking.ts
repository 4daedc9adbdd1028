/** What is chosen on the transcript: a word, a stretch of words, or an excerpt. */

import { findStretch, type StretchUnit } from './stretches';
import type { TranscriptText, WordRange } from './transcriptText';

export interface Marking {
  /** The word the keyboard stands on; -1 for none. */
  cursor: number;
  /** The other end of the chosen stretch; -1 where only the cursor stands. */
  anchor: number;
  /** The excerpt that keys and the toolbar act on. */
  activeId: string | null;
}

export const NOTHING_CHOSEN: Marking = { cursor: -1, anchor: -1, activeId: null };

export type MarkingStep =
  | 'word-back'
  | 'word-on'
  | 'line-back'
  | 'line-on'
  | 'start'
  | 'end'
  | `${StretchUnit}-back`
  | `${StretchUnit}-on`;

export type MarkingAction =
  | { type: 'stand'; word: number; activeId: string | null }
  | { type: 'choose'; range: WordRange }
  | { type: 'activate'; excerptId: string }
  | { type: 'rename'; from: string; to: string }
  | {
      type: 'step';
      step: MarkingStep;
      isExtending: boolean;
      text: TranscriptText;
      /** Where the step begins if not at the cursor. */
      from?: number;
    }
  | { type: 'clear' };

export function getChosenRange({ anchor, cursor }: Marking): WordRange | null {
  if (anchor === -1 || cursor === -1) return null;
  return { first: Math.min(anchor, cursor), last: Math.max(anchor, cursor) };
}

/** Onward to the end of a stretch, back to its beginning; there already, to that of the next. */
function stepByStretch(text: TranscriptText, cursor: number, unit: StretchUnit, by: 1 | -1) {
  const here = findStretch(text, cursor, unit);
  const edge = by === 1 ? here.last : here.first;
  const next = cursor + by;
  if (edge !== cursor || next < 0 || next >= text.wordIds.length) return edge;
  const beyond = findStretch(text, next, unit);
  return by === 1 ? beyond.last : beyond.first;
}

/** Giving back a stretch at a time, what is chosen never turns over in one step. */
function shrinkByStretch(text: TranscriptText, marking: Marking, unit: StretchUnit, by: 1 | -1) {
  const { cursor, anchor } = marking;
  const here = findStretch(text, cursor, unit);
  return by === 1 ? Math.min(anchor, here.last + 1) : Math.max(anchor, here.first - 1);
}

function getWordByStretch(text: TranscriptText, marking: Marking, step: MarkingStep): number {
  const [unit, way] = step.split('-') as [StretchUnit, 'back' | 'on'];
  const by = way === 'on' ? 1 : -1;
  const { cursor, anchor } = marking;
  const isShrinking = anchor !== -1 && (anchor - cursor) * by > 0;
  return isShrinking
    ? shrinkByStretch(text, marking, unit, by)
    : stepByStretch(text, cursor, unit, by);
}

function getNextWord(text: TranscriptText, marking: Marking, step: MarkingStep): number {
  const { cursor } = marking;
  const last = text.wordIds.length - 1;
  if (cursor === -1) return Math.min(0, last);
  const segmentIndex = text.segmentOf[cursor];
  const segment = text.segments[segmentIndex];
  const lastOfSegment = segment.firstIndex + segment.words.length - 1;
  switch (step) {
    case 'word-back':
      return Math.max(0, cursor - 1);
    case 'word-on':
      return Math.min(last, cursor + 1);
    case 'start':
      return segment.firstIndex;
    case 'end':
      return lastOfSegment;
    case 'line-on':
      return Math.min(last, lastOfSegment + 1);
    case 'line-back':
      if (cursor > segment.firstIndex || segmentIndex === 0) return segment.firstIndex;
      return text.segments[text.segmentOf[Math.max(0, cursor - 1)]].firstIndex;
    default:
      return getWordByStretch(text, marking, step);
  }
}

export function changeMarking(marking: Marking, action: MarkingAction): Marking {
  switch (action.type) {
    case 'stand':
      return { cursor: action.word, anchor: -1, activeId: action.activeId };
    case 'choose':
      return { cursor: action.range.last, anchor: action.range.first, activeId: null };
    case 'activate':
      return { ...marking, anchor: -1, activeId: action.excerptId };
    case 'rename':
      return marking.activeId === action.from ? { ...marking, activeId: action.to } : marking;
    case 'step': {
      const start = { ...marking, cursor: action.from ?? marking.cursor };
      const cursor = getNextWord(action.text, start, action.step);
      if (!action.isExtending) return { cursor, anchor: -1, activeId: null };
      const anchor = start.anchor === -1 ? start.cursor : start.anchor;
      return { cursor, anchor: anchor === -1 ? cursor : anchor, activeId: null };
    }
    case 'clear':
      return { ...marking, anchor: -1, activeId: null };
  }
}
