import { expect, it } from 'vitest';
import { keepSameStripes, LANES_SHOWN, type Stripe, sortStripes } from './marks';

const makeStripe = (changes: Partial<Stripe> = {}): Stripe => ({
  excerptId: 'one',
  lane: 0,
  from: 0,
  to: 0.5,
  colour: 'var(--quadrant-pain)',
  pattern: 'pain',
  label: 'Pains: “I wait”',
  ...changes,
});

it('keeps the very list of stripes where nothing changed, so that its row stays as it is', () => {
  const known = new Map([
    [3, [makeStripe()]],
    [4, [makeStripe()]],
    [5, [makeStripe()]],
  ]);
  const fresh = new Map([
    [3, [makeStripe()]],
    [4, [makeStripe({ pattern: 'gain' })]],
    [6, [makeStripe()]],
  ]);
  const kept = keepSameStripes(known, fresh);
  expect(kept.get(3)).toBe(known.get(3));
  expect(kept.get(4)).toBe(fresh.get(4));
  expect([...kept.keys()]).toEqual([3, 4, 6]);
});

it('draws as many lanes as can be told apart, and counts the rest', () => {
  const stripes = Array.from({ length: 8 }, (_, lane) => makeStripe({ lane }));
  const { shown, hidden } = sortStripes(stripes);
  expect(shown.map(({ lane }) => lane)).toEqual([0, 1, 2, 3, 4]);
  expect(shown.length + hidden.length).toBe(8);
  expect(hidden.every(({ lane }) => lane >= LANES_SHOWN)).toBe(true);
});
