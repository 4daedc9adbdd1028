/** How strong a feeling is, from −3 to +3, in words that don't water it down. */

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

export const [WORST, BEST] = [-3, 3] as const;

/** "−2", "0", "+1", with a true minus. */
export function formatStrength(value: number): string {
  if (value === 0) return '0';
  return value < 0 ? `−${-value}` : `+${value}`;
}

export function getStrengthWord(value: number | null): string {
  return STRENGTHS.find((one) => one.value === value)?.word ?? 'Not said';
}
