import { describe, expect, it } from 'vitest';
import { makeExcerpt, makeTheme } from '@/testing/makeEvidence';
import { getMapQuadrant, listParts, pickVoices, rankThemes } from './themes';

describe('rankThemes', () => {
  it('puts the most people first, however many excerpts one person gave', () => {
    const themes = [
      makeTheme({ name: 'one loud voice', people: 1, excerpts: 9 }),
      makeTheme({ name: 'shared', people: 4, excerpts: 4 }),
    ];
    expect(rankThemes(themes).map((theme) => theme.name)).toEqual(['shared', 'one loud voice']);
  });

  it('then more excerpts, then the name, and what has no tag last', () => {
    const themes = [
      makeTheme({ tag_id: null, name: '', people: 5, excerpts: 9 }),
      makeTheme({ name: 'b', people: 2, excerpts: 2 }),
      makeTheme({ name: 'a', people: 2, excerpts: 2 }),
      makeTheme({ name: 'c', people: 2, excerpts: 3 }),
    ];
    expect(rankThemes(themes).map((theme) => theme.name)).toEqual(['c', 'a', 'b', '']);
  });
});

describe('listParts', () => {
  const part = (aspect: '' | 'say' | 'do', excerpts: number) => ({
    aspect,
    people: excerpts,
    excerpts,
    themes: [],
  });

  it('keeps say and do apart even when one is empty', () => {
    const field = { quadrant: 'say_do' as const, people: 1, excerpts: 1, aspects: [part('do', 1)] };
    expect(listParts(field).map((one) => [one.aspect, one.excerpts])).toEqual([
      ['say', 0],
      ['do', 1],
    ]);
  });

  it('adds what is in neither half only where there is some', () => {
    const field = (undivided: number) => ({
      quadrant: 'say_do' as const,
      people: 1,
      excerpts: 1,
      aspects: [part('say', 1), part('do', 1), part('', undivided)],
    });
    expect(listParts(field(0)).map((one) => one.aspect)).toEqual(['say', 'do']);
    expect(listParts(field(2)).map((one) => one.aspect)).toEqual(['say', 'do', '']);
  });

  it('leaves other quadrants whole', () => {
    const field = { quadrant: 'pain' as const, people: 1, excerpts: 1, aspects: [part('', 3)] };
    expect(listParts(field)).toHaveLength(1);
  });
});

describe('getMapQuadrant', () => {
  it('is empty where the answer has nothing', () => {
    const map = {
      persona_id: 'maya',
      people_total: 4,
      excerpt_count: 0,
      study_count: 0,
      newest_at: null,
      quadrants: [],
    };
    expect(getMapQuadrant(map, 'hear')).toMatchObject({ quadrant: 'hear', excerpts: 0 });
  });
});

describe('pickVoices', () => {
  const [a, b] = [makeExcerpt({ id: 'a' }), makeExcerpt({ id: 'b' })];
  const pick = (...quotes: (typeof a)[][]) =>
    pickVoices(quotes.map((some) => makeTheme({ quotes: some }))).map((voice) => voice?.id);

  it('quotes something else where a theme above says the same', () => {
    expect(pick([a, b], [a, b])).toEqual(['a', 'b']);
  });

  it('says it again rather than nothing', () => {
    expect(pick([a], [a], [])).toEqual(['a', 'a', undefined]);
  });
});
