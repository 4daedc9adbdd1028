/** Strength of feeling as a range: what the address lists value by value. */

import { BEST, formatStrength, getStrengthWord, STRENGTHS, WORST } from '@/lib/strengths';

export type FeelingRange = readonly [low: number, high: number];

/** From end to end is no choice: what has no feeling to it is found as well. */
export const ANY_FEELING: FeelingRange = [WORST, BEST];

function sorted(chosen: readonly string[]): number[] {
  return chosen.map(Number).sort((left, right) => left - right);
}

/** From the least to the greatest of what is chosen. */
export function readRange(chosen: readonly string[]): FeelingRange {
  const strengths = sorted(chosen);
  return strengths.length > 0 ? [strengths[0], strengths[strengths.length - 1]] : ANY_FEELING;
}

export function writeRange([low, high]: FeelingRange): string[] {
  if (low === WORST && high === BEST) return [];
  const inside = STRENGTHS.filter(({ value }) => value >= low && value <= high);
  return inside.map(({ value }) => String(value));
}

/** Older links may list strengths that are not next to each other. */
function hasGaps(chosen: readonly string[]): boolean {
  const [low, high] = readRange(chosen);
  return chosen.length > 0 && high - low + 1 !== chosen.length;
}

/** "−2, Bad". */
export function nameStrength(value: number): string {
  return `${formatStrength(value)}, ${getStrengthWord(value)}`;
}

/** "Feeling −2 to +1", in the few words that a chip has room for. */
export function describeFeelings(chosen: readonly string[]): string {
  if (hasGaps(chosen)) return `Feeling ${sorted(chosen).map(formatStrength).join(' or ')}`;
  const [low, high] = readRange(chosen).map(formatStrength);
  return low === high ? `Feeling ${low}` : `Feeling ${low} to ${high}`;
}
