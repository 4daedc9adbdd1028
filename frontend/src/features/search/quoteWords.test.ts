import { describe, expect, it } from 'vitest';
import { quoteWords } from './quoteWords';

describe('quoting words of a search', () => {
  it.each([
    ['appointment', 'appointment', '"appointment"'],
    ['late appointment -visit', 'appointment', 'late "appointment" -visit'],
    ['a no  show today', 'no show', 'a "no  show" today'],
    ['Check-up late', 'check up', '"Check-up" late'],
    ['"visit" visit', 'visit', '"visit" "visit"'],
    ['予約が必要', '予約', '"予約"が必要'],
    ['something else', 'visit', 'something else'],
    ['a+b (c', 'a+b', '"a+b" (c'],
  ])('makes %s of which %s is searched as it is', (text, words, quoted) => {
    expect(quoteWords(text, words)).toBe(quoted);
  });
});
