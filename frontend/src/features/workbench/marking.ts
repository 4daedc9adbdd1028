/** What is chosen on the transcript: a word, a stretch of words, or an excerpt. */

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

export type MarkingStep = 'word-back' | 'word-on' | 'line-back' | 'line-on' | 'start' | 'end';

export type MarkingAction =
  | { type: 'stand'; word: number; activeId: string | null }
  | { type: 'choose'; range: WordRange }
  | { type: 'activate'; excerptId: string }
  | { type: 'rename'; from: string; to: string }
  | { type: 'step'; step: MarkingStep; isExtending: boolean; text: TranscriptText }
  | { type: 'clear' };

export function getChosenRange({ anchor, cursor }: Marking): WordRange | null {
  if (anchor === -1 || cursor === -1) return null;
  return { first: Math.min(anchor, cursor), last: Math.max(anchor, cursor) };
}

function getNextWord(text: TranscriptText, cursor: number, step: MarkingStep): number {
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
      return text.segments[text.segmentOf[cursor - 1]].firstIndex;
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
      const cursor = getNextWord(action.text, marking.cursor, action.step);
      if (!action.isExtending) return { cursor, anchor: -1, activeId: null };
      const anchor = marking.anchor === -1 ? marking.cursor : marking.anchor;
      return { cursor, anchor: anchor === -1 ? cursor : anchor, activeId: null };
    }
    case 'clear':
      return { ...marking, anchor: -1, activeId: null };
  }
}
