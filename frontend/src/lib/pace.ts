/** Speed and time left of something that moves forward, from its last few readings. */

export interface Reading {
  atMs: number;
  done: number;
}

const WINDOW_MS = 8000;

/** Adds a reading and forgets those older than the window, always keeping one before it. */
export function addReading(readings: readonly Reading[], next: Reading): Reading[] {
  const all = [...readings, next];
  const firstFresh = all.findIndex((reading) => next.atMs - reading.atMs <= WINDOW_MS);
  return all.slice(Math.max(0, firstFresh - 1));
}

/** Units per second over the window, or null while there is too little to tell. */
export function getPace(readings: readonly Reading[]): number | null {
  const first = readings[0];
  const last = readings.at(-1);
  if (!first || !last || last.atMs - first.atMs < 500) return null;
  return ((last.done - first.done) * 1000) / (last.atMs - first.atMs);
}

export function getSecondsLeft(readings: readonly Reading[], total: number): number | null {
  const pace = getPace(readings);
  const last = readings.at(-1);
  if (!pace || pace <= 0 || !last) return null;
  return Math.max(0, (total - last.done) / pace);
}
