import { expect, it } from 'vitest';
import { formatCount, formatPerson, getInitials, quoteBriefly } from './text';

it('counts in words', () => {
  expect(formatCount(1, 'session')).toBe('1 session');
  expect(formatCount(0, 'person', 'people')).toBe('0 people');
  expect(formatCount(1200, 'excerpt')).toBe('1,200 excerpts');
});

it.each([
  ['Maya Lindqvist', 'ML'],
  ['Cher', 'CH'],
  ['  ', '?'],
  ['Ann de la Cruz', 'AC'],
  ['😀 Smile', '😀S'],
])('shortens %s', (name, initials) => {
  expect(getInitials(name)).toBe(initials);
});

it('names a person by code name, and by name for those who may know', () => {
  expect(formatPerson({ code_name: 'P07', real_name: null })).toBe('P07');
  expect(formatPerson({ code_name: 'P07', real_name: 'Ann Lee' })).toBe('P07 · Ann Lee');
});

it.each([
  ['Late', '“Late”'],
  ['People wait for weeks.', '“People wait for weeks”'],
  [
    'When somebody cancels late, the visit is lost, although people who wait could be there.',
    '“When somebody cancels late, the visit is lost, although…”',
  ],
  ['診'.repeat(70), `“${'診'.repeat(60)}…”`],
])('quotes %s in a sentence', (title, expected) => {
  expect(quoteBriefly(title)).toBe(expected);
});
