import { expect, it } from 'vitest';
import type { ComparedPiece } from '@/api';
import { markChanges } from './markChanges';

const show = (pieces: ComparedPiece[]) =>
  pieces.map(({ text, is_changed }) => (is_changed ? `[${text}]` : text)).join(' ');

it.each([
  ['I wait for weeks.', 'I waited four weeks', 'I [wait for] weeks.', 'I [waited four] weeks'],
  ['The same.', 'the same', 'The same.', 'the same'],
  ['Hello there you', 'Hello you', 'Hello [there] you', 'Hello you'],
  ['one', 'two', '[one]', '[two]'],
  ['Nothing like it', '', 'Nothing like it', ''],
])('of “%s” and “%s” marks what differs', (old, fresh, shownOld, shownNew) => {
  const marked = markChanges(old, fresh);
  expect(show(marked.old)).toBe(shownOld);
  expect(show(marked.new)).toBe(shownNew);
});

it('leaves very long texts unmarked rather than wait', () => {
  const long = 'word '.repeat(5000).trim();
  expect(markChanges(long, `${long} more`).old).toEqual([{ text: long, is_changed: false }]);
});
