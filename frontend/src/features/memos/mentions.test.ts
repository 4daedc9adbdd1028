import { describe, expect, it } from 'vitest';
import {
  findMentionQuery,
  insertMention,
  listMentioned,
  matchPeople,
  splitMentions,
} from './mentions';

const PEOPLE = [
  { user_id: 'ann', name: 'Ann' },
  { user_id: 'anne', name: 'Ann Lee' },
  { user_id: 'zoe', name: 'Zoë Brandt' },
];

describe('a mention being typed', () => {
  it.each([
    ['@', 1, { start: 0, words: '' }],
    ['Hi @zo', 6, { start: 3, words: 'zo' }],
    ['Hi (@Ann Le', 11, { start: 4, words: 'Ann Le' }],
    ['mail ann@example.org', 20, null],
    ['@ann\nnext line', 14, null],
    ['@ann', 0, null],
    ['@ ann', 5, null],
  ])('in %j at %i is %j', (text, caret, found) => {
    expect(findMentionQuery(text, caret)).toEqual(found);
  });

  it('finds people by any of their names, without case and accents', () => {
    const names = (words: string) => matchPeople(PEOPLE, words).map(({ name }) => name);
    expect(names('')).toHaveLength(3);
    expect(names('ZOE')).toEqual(['Zoë Brandt']);
    expect(names('brandt')).toEqual(['Zoë Brandt']);
    expect(names('ann l')).toEqual(['Ann Lee']);
    expect(names('randt')).toEqual([]);
  });

  it('puts the name in and the caret behind it', () => {
    const query = { start: 3, words: 'zo' };
    expect(insertMention('Hi @zo, look', query, 6, 'Zoë Brandt')).toEqual({
      text: 'Hi @Zoë Brandt, look',
      caret: 14,
    });
    expect(insertMention('Hi @zo', query, 6, 'Ann')).toEqual({ text: 'Hi @Ann ', caret: 8 });
  });
});

describe('mentions in a text', () => {
  it('are of the longest name, at the end of a word', () => {
    const pieces = splitMentions('@Ann Lee and @Ann, not @Annabel or x@Ann', PEOPLE);
    expect(pieces.map(({ text, person }) => [text, person?.user_id])).toEqual([
      ['@Ann Lee', 'anne'],
      [' and ', undefined],
      ['@Ann', 'ann'],
      [', not @Annabel or x@Ann', undefined],
    ]);
  });

  it('join to the text again', () => {
    const text = 'Ask @Zoë Brandt 🙂 @nobody @';
    expect(
      splitMentions(text, PEOPLE)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('name everybody of that name once', () => {
    const people = [...PEOPLE, { user_id: 'ann-2', name: 'Ann' }];
    expect(listMentioned('@Ann and @Ann', people)).toEqual(['ann', 'ann-2']);
    expect(listMentioned('Ann', people)).toEqual([]);
  });
});
