/** Silences worth jumping over, and where to land. */

export type Stretch = readonly [startMs: number, endMs: number];

/** Shorter ones are part of how somebody speaks. */
const WORTH_SKIPPING_MS = 1500;
/** What is left of a silence before and after it is jumped over, so that words keep their breath. */
const KEPT_MS = 350;

/** The long silences between stretches of speech (rising), and before the first and after the last. */
export function listSilences(speech: readonly Stretch[], durationMs: number): Stretch[] {
  if (speech.length === 0) return [];
  const starts = [0, ...speech.map(([, endMs]) => endMs)];
  const ends = [...speech.map(([startMs]) => startMs), durationMs];
  return starts.flatMap((startMs, index): Stretch[] =>
    ends[index] - startMs >= WORTH_SKIPPING_MS ? [[startMs, ends[index]]] : [],
  );
}

/** Where to go on from a position within a silence; null where it is not worth a jump. */
export function findSilenceEnd(silences: readonly Stretch[], positionMs: number): number | null {
  for (const [startMs, endMs] of silences) {
    if (startMs > positionMs) return null;
    const landingMs = endMs - KEPT_MS;
    if (positionMs >= startMs + KEPT_MS && positionMs < landingMs - KEPT_MS) return landingMs;
  }
  return null;
}
