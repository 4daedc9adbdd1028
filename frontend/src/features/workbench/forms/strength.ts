/** Changing the strength of a feeling by key, and the words that were used for feelings. */

import type { Excerpt, Placing } from '@/api';
import { BEST, type Strength, WORST } from '@/lib/strengths';

const clamp = (value: number) => Math.max(WORST, Math.min(BEST, value)) as Strength;

/**
 * The strength after a key; undefined where the key means nothing here.
 * A digit keeps the sign that was there, or else the one that pains and gains suggest.
 */
export function changeStrength(
  value: number | null,
  key: string,
  quadrant: Placing['quadrant'] | undefined,
): Strength | undefined {
  const leaning = quadrant === 'pain' ? -1 : 1;
  const sign = value ? Math.sign(value) : leaning;
  if (key === 'ArrowRight' || key === 'ArrowUp') return clamp((value ?? 0) + 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return clamp((value ?? 0) - 1);
  if (key === 'Home') return WORST;
  if (key === 'End') return BEST;
  if (/^[0-3]$/.test(key)) return key === '0' ? 0 : clamp(Number(key) * sign);
  if (key === '-') return clamp(-Math.abs(value || 1));
  if (key === '+') return clamp(Math.abs(value || 1));
  return undefined;
}

/** The words for feelings that were used before, the most used first. */
export function listEmotions(excerpts: readonly Excerpt[]): string[] {
  const counts = new Map<string, number>();
  for (const { placings } of excerpts) {
    for (const { emotion } of placings) {
      if (emotion) counts.set(emotion, (counts.get(emotion) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([word]) => word);
}
