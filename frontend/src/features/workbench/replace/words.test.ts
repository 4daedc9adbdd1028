import { expect, it } from 'vitest';
import { bareWords } from './words';

it.each([
  ['“Zosin,”', 'Zosin'],
  [' doctor lib. ', 'doctor lib'],
  ['don’t', 'don’t'],
  ['¿qué?', 'qué'],
  ['ДокторЛиб!', 'ДокторЛиб'],
  ['—', '—'],
  ['', ''],
])('%s without its signs is %s', (text, bare) => {
  expect(bareWords(text)).toBe(bare);
});
