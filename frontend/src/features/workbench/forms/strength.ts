/** How strong a feeling is, from −3 to +3, in words that don't water it down. */

import type { Excerpt, Placing } from '@/api';

export type Strength = -3 | -2 | -1 | 0 | 1 | 2 | 3;

export const STRENGTHS: readonly { value: Strength; word: string }[] = [
  { value: -3, word: 'Unbearable' },
  { value: -2, word: 'Bad' },
  { value: -1, word: 'Annoying' },
  { value: 0, word: 'Neither good nor bad' },
  { value: 1, word: 'Pleasant' },
  { value: 2, word: 'Great' },
  { value: 3, word: 'Wonderful' },
];

const [MINIMUM, MAXIMUM] = [-3, 3] as const;

/** "−2", "0", "+1", with a true minus. */
export function formatStrength(value: number): string {
  if (value === 0) return '0';
  return value < 0 ? `−${-value}` : `+${value}`;
}

export function getStrengthWord(value: number | null): string {
  return STRENGTHS.find((one) => one.value === value)?.word ?? 'Not said';
}

const clamp = (value: number) => Math.max(MINIMUM, Math.min(MAXIMUM, value)) as Strength;

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
  if (key === 'Home') return MINIMUM;
  if (key === 'End') return MAXIMUM;
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
