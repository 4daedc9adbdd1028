/** Which stretch of the recording `r` plays again and again. */

import type { Marking } from '../marking';
import { getChosenRange } from '../marking';
import type { Mark } from '../marks';
import { getRangeTimes, type TranscriptText } from '../transcriptText';

export interface LoopStretch {
  startMs: number;
  endMs: number;
}

/** A word alone is over before it is heard. */
const SHORTEST_MS = 300;

/** The chosen words, or the chosen excerpt; null where neither is, or without times. */
export function findLoopStretch(
  text: TranscriptText,
  marking: Marking,
  marks: readonly Mark[],
): LoopStretch | null {
  const active = marks.find(({ excerpt }) => excerpt.id === marking.activeId);
  const range = getChosenRange(marking) ?? active?.range;
  if (!range || range.last >= text.wordIds.length) return null;
  const { startMs, endMs } = getRangeTimes(text, range);
  if (startMs === null || endMs === null) return null;
  return { startMs, endMs: Math.max(endMs, startMs + SHORTEST_MS) };
}
