/** Where somebody stands in a text: which passage is in the middle of their window. */

import { findWordAtTime, type TranscriptText } from '../transcriptText';

export interface PlaceInSource {
  wordId: number | null;
  positionMs: number | null;
}

/** Of rows from top to bottom, the one at a height of the window; the nearest where none is. */
export function findRowAt(
  bottoms: { length: number; getBottom: (row: number) => number },
  heightPx: number,
): number {
  let low = 0;
  let high = bottoms.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bottoms.getBottom(middle) < heightPx) low = middle + 1;
    else high = middle;
  }
  return bottoms.length === 0 ? -1 : low;
}

/** The place of somebody who reads: the passage in the middle; the beginning where that shows. */
export function getPlaceOfReading(
  text: TranscriptText,
  elements: readonly Element[],
  windowPx: number,
): PlaceInSource | null {
  const first = elements[0]?.getBoundingClientRect();
  if (!first) return null;
  const row =
    first.top >= 0 && first.top < windowPx
      ? 0
      : findRowAt(
          {
            length: elements.length,
            getBottom: (index) => elements[index].getBoundingClientRect().bottom,
          },
          windowPx / 2,
        );
  return getPlaceOfSegment(text, row);
}

function getPlaceOfSegment(text: TranscriptText, index: number): PlaceInSource | null {
  const segment = text.segments[index];
  if (!segment) return null;
  return { wordId: text.wordIds[segment.firstIndex] ?? null, positionMs: segment.startMs };
}

/** The place of somebody who listens. */
export function getPlaceOfListening(text: TranscriptText, positionMs: number): PlaceInSource {
  const word = findWordAtTime(text, positionMs);
  return { wordId: text.wordIds[word] ?? null, positionMs: Math.round(positionMs) };
}

/** Whether it is worth coming back to: not where everybody begins. */
export function isFurtherIn(text: TranscriptText, { wordId, positionMs }: PlaceInSource): boolean {
  if (wordId !== null) return text.wordIds.length > 0 && wordId > text.wordIds[0];
  return (positionMs ?? 0) > 5000;
}
