/** The text a session opens with: its beginning first, so that a long one can be read at once. */

import { startTransition, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Segment } from '@/api';
import { buildTranscriptText, type TranscriptText } from './transcriptText';

/** Some screens full: as much as renders in a few frames. */
const FIRST_SEGMENTS = 120;
/** What should be there around the place that an address names. */
const SEGMENTS_BEHIND = 40;

/** The segment that an address leads to; past the end where that can't be told from the text. */
function findWanted(segments: readonly Segment[], search: URLSearchParams): number {
  if (search.has('excerpt')) return segments.length;
  const [wordId, timeMs] = [search.get('word'), search.get('t')];
  if (wordId !== null) return segments.findLastIndex(({ position }) => position <= Number(wordId));
  if (timeMs === null) return 0;
  return segments.findLastIndex(({ start_ms }) => start_ms !== null && start_ms <= Number(timeMs));
}

export function useOpeningText(segments: readonly Segment[]): TranscriptText {
  const [search] = useSearchParams();
  const [isWhole, setIsWhole] = useState(
    () =>
      segments.length <= FIRST_SEGMENTS + SEGMENTS_BEHIND ||
      findWanted(segments, search) > FIRST_SEGMENTS - SEGMENTS_BEHIND,
  );
  // In slices, between which the page scrolls and answers keys.
  useEffect(() => startTransition(() => setIsWhole(true)), []);
  return useMemo(
    () => buildTranscriptText(isWhole ? segments : segments.slice(0, FIRST_SEGMENTS), isWhole),
    [segments, isWhole],
  );
}
