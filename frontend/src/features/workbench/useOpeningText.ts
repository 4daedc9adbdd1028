/** The text a session opens with: its beginning first, so that a long one can be read at once. */

import { startTransition, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Segment, Transcript } from '@/api';
import { buildTranscriptText, type TranscriptText } from './transcriptText';

/** Two screens full: as much as renders at once. */
const FIRST_SEGMENTS = 48;
/** What should be there around the place that an address names. */
const SEGMENTS_BEHIND = 24;

/** The segment that an address leads to; past the end where that can't be told from the text. */
function findWanted(segments: readonly Segment[], search: URLSearchParams): number {
  if (search.has('excerpt')) return segments.length;
  const [wordId, timeMs] = [search.get('word'), search.get('t')];
  if (wordId !== null) return segments.findLastIndex(({ position }) => position <= Number(wordId));
  if (timeMs === null) return 0;
  return segments.findLastIndex(({ start_ms }) => start_ms !== null && start_ms <= Number(timeMs));
}

/** Whether a reader can begin where the address leads, before the rest of the text is there. */
export function isInBeginning(segments: readonly Segment[], search: URLSearchParams): boolean {
  return findWanted(segments, search) <= FIRST_SEGMENTS - SEGMENTS_BEHIND;
}

type Opening = Pick<Transcript, 'segments' | 'known_to'>;

/** A text whose beginning came alone is rendered as it comes; another one in two steps. */
export function useOpeningText({ segments, known_to }: Opening): TranscriptText {
  const [search] = useSearchParams();
  const hasRest = known_to === undefined;
  const [isAll, setIsAll] = useState(
    () =>
      !hasRest ||
      segments.length <= FIRST_SEGMENTS + SEGMENTS_BEHIND ||
      !isInBeginning(segments, search),
  );
  // In slices, between which the page scrolls and answers keys.
  useEffect(() => startTransition(() => setIsAll(true)), []);
  return useMemo(
    () =>
      buildTranscriptText(isAll ? segments : segments.slice(0, FIRST_SEGMENTS), isAll && hasRest),
    [segments, isAll, hasRest],
  );
}
