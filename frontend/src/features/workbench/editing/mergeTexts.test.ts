import { describe, expect, it } from 'vitest';
import { listEdits, mergeTexts, splitWords, tidyText } from './mergeTexts';

const BASE = 'I waited twenty minutes on hold and then I gave up';

function apply(base: string, mine: string): string {
  const words = splitWords(base);
  for (const { from, to, words: fresh } of listEdits(words, splitWords(mine)).toReversed()) {
    words.splice(from, to - from, ...fresh);
  }
  return words.join(' ');
}

describe('edits', () => {
  it.each([
    BASE,
    '',
    'I waited thirty minutes on hold and then I gave up',
    'Well, I waited on hold and gave up, yes',
    'up gave I then and hold',
  ])('lead from one text to the other: %s', (mine) => {
    expect(apply(BASE, mine)).toBe(mine);
    expect(apply(mine, BASE)).toBe(BASE);
  });
});

describe('two people’s changes', () => {
  it('go together where they are apart', () => {
    const mine = 'I waited thirty minutes on hold and then I gave up';
    const theirs = 'I waited twenty minutes on hold and then I hung up';
    expect(mergeTexts(BASE, mine, theirs)).toBe(
      'I waited thirty minutes on hold and then I hung up',
    );
  });

  it('count once where both did the same', () => {
    const both = 'I waited thirty minutes on hold and then I gave up';
    expect(mergeTexts(BASE, both, both)).toBe(both);
  });

  it('are left to the people where they touch', () => {
    const mine = 'I waited thirty minutes on hold and then I gave up';
    const theirs = 'I waited forty minutes on hold and then I gave up';
    expect(mergeTexts(BASE, mine, theirs)).toBeNull();
    expect(mergeTexts(BASE, `${BASE} today`, `${BASE} yesterday`)).toBeNull();
  });
});

it('a text is tidy with single spaces', () => {
  expect(tidyText('  two \n\n words\t')).toBe('two words');
});
