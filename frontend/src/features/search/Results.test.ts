import { describe, expect, it } from 'vitest';
import { makeAnswer, makeExcerpt } from '@/testing/makeEvidence';
import { describeTotals } from './Results';
import { readSearchState } from './searchState';

const state = (address: string) => readSearchState(new URLSearchParams(address));

describe('describeTotals', () => {
  it('counts people of people', () => {
    const answer = makeAnswer([], { excerpts: 34, people: 11, people_total: 18, studies: 3 });
    expect(describeTotals(answer, state(''))).toBe('34 excerpts from 11 of 18 people in 3 studies');
  });

  it('is right for one', () => {
    const answer = makeAnswer([makeExcerpt()], { people_total: 1 });
    expect(describeTotals(answer, state('kind=excerpt'))).toBe(
      '1 excerpt from 1 of 1 person in 1 study',
    );
  });

  it('says what else was asked for', () => {
    const answer = makeAnswer([], { total: 4 });
    expect(describeTotals(answer, state('kind=insight&kind=persona'))).toBe(
      '4 insights and personas',
    );
    expect(describeTotals(answer, state('kind=insight'))).toBe('4 insights');
  });
});
