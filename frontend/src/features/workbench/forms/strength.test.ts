import { describe, expect, it } from 'vitest';
import { formatStrength } from '@/lib/strengths';
import { makeExcerpt, makePlacing } from '@/testing/makeEvidence';
import { changeStrength, listEmotions } from './strength';

describe('the strength of a feeling', () => {
  it.each([
    // A digit takes the sign that was there, or that of the quadrant.
    [null, '2', 'pain', -2],
    [null, '2', 'gain', 2],
    [-1, '3', 'gain', -3],
    [1, '3', 'pain', 3],
    [2, '0', 'pain', 0],
    // Its sign can be turned, and it stays within its ends.
    [2, '-', 'gain', -2],
    [-3, '+', 'pain', 3],
    [null, '-', 'gain', -1],
    [3, 'ArrowRight', 'gain', 3],
    [null, 'ArrowLeft', 'gain', -1],
    [1, 'Home', 'gain', -3],
    [1, '4', 'gain', undefined],
    [1, 'x', 'gain', undefined],
  ] as const)('%s, then %s in %s, is %s', (value, key, quadrant, expected) => {
    expect(changeStrength(value, key, quadrant)).toBe(expected);
  });

  it('is written with its sign', () => {
    expect([-3, 0, 2].map(formatStrength)).toEqual(['−3', '0', '+2']);
  });
});

it('offers the words used before, the most used first', () => {
  const feel = (emotion: string) => makeExcerpt({ placings: [makePlacing({ emotion })] });
  expect(listEmotions(['relief', 'fed up', '', 'fed up', 'anger'].map(feel))).toEqual([
    'fed up',
    'anger',
    'relief',
  ]);
});
