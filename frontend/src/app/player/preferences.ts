/** How a person likes to listen, kept in this browser. */

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

export interface Preferences {
  rate: number;
  isSkippingSilence: boolean;
}

const NAME = 'earshot.listening';
const USUAL: Preferences = { rate: 1, isSkippingSilence: false };

export function clampRate(rate: number): number {
  return Math.min(RATES[RATES.length - 1], Math.max(RATES[0], rate));
}

/** The next usual speed above or below; the same at the ends. */
export function stepRate(rate: number, direction: 1 | -1): number {
  const next =
    direction > 0 ? RATES.find((one) => one > rate) : RATES.findLast((one) => one < rate);
  return next ?? clampRate(rate);
}

export function readPreferences(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? '{}') as Partial<Preferences>;
    const rate = typeof kept.rate === 'number' ? clampRate(kept.rate) : USUAL.rate;
    return { rate, isSkippingSilence: kept.isSkippingSilence === true };
  } catch {
    return USUAL;
  }
}

export function keepPreferences({ rate, isSkippingSilence }: Preferences): void {
  try {
    localStorage.setItem(NAME, JSON.stringify({ rate, isSkippingSilence }));
  } catch {
    // A browser without storage forgets; nothing else is lost.
  }
}
