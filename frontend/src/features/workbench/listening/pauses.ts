/** Long pauses: where nobody speaks for so long that a reader should know. */

import type { TextSegment } from '../transcriptText';

export interface Pause {
  startMs: number;
  durationMs: number;
}

const LONG_PAUSE_MS = 4000;

type Stretch = readonly [startMs: number, endMs: number];
type Timed = Pick<TextSegment, 'startMs' | 'endMs' | 'doubt'>;

function listBetween(stretches: readonly Stretch[]): Stretch[] {
  return stretches.slice(1).map(([startMs], index): Stretch => [stretches[index][1], startMs]);
}

/** Silences as they were detected; without detection, what lies between the passages. */
function listSilences(segments: readonly Timed[], speech: readonly Stretch[]): Stretch[] {
  if (speech.length > 0) return listBetween(speech);
  const timed = segments.flatMap(({ startMs, endMs }): Stretch[] =>
    startMs === null || endMs === null ? [] : [[startMs, endMs]],
  );
  return listBetween(timed);
}

/** Long pauses by the index of the segment they stand before; the longest where there are two. */
export function findPauses(
  segments: readonly Timed[],
  speech: readonly Stretch[],
): Map<number, Pause> {
  const pauses = new Map<number, Pause>();
  for (const [startMs, endMs] of listSilences(segments, speech)) {
    const durationMs = endMs - startMs;
    if (durationMs < LONG_PAUSE_MS) continue;
    const middleMs = (startMs + endMs) / 2;
    const after = segments.findIndex((one) => one.startMs !== null && one.startMs >= middleMs);
    const before = segments[after - 1];
    // Within a passage there is no place to show it; a gap says itself that text is missing.
    if (!before || (before.endMs ?? 0) > middleMs || before.doubt === 'gap') continue;
    const known = pauses.get(after);
    if (!known || known.durationMs < durationMs) pauses.set(after, { startMs, durationMs });
  }
  return pauses;
}

/** 14_300 → "14 s pause", 80_000 → "1 min 20 s pause". */
export function formatPause(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s pause`;
  return rest === 0 ? `${minutes} min pause` : `${minutes} min ${rest} s pause`;
}
