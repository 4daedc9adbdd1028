import { describe, expect, it } from 'vitest';
import { findFault, isNotes, suggestTitle } from './recordings';

describe('findFault', () => {
  it.each([
    'talk.wav',
    'TALK.MP3',
    'פגישה 🎧.m4a',
    'a.b.ogg',
    'x.flac',
    'x.mp4',
    'x.mov',
    'x.webm',
  ])('takes %s', (name) => {
    expect(findFault({ name, size: 10 })).toBe('');
  });

  it('says that an empty file is empty, and what to do', () => {
    expect(findFault({ name: 'talk.wav', size: 0 })).toMatch(/empty \(0 bytes\).*again/);
  });

  it.each(['talk.pdf', 'talk', 'talk.exe', '.wav.zip'])(
    'refuses %s and names what it takes',
    (name) => {
      expect(findFault({ name, size: 10 })).toMatch(/wav, mp3, m4a/);
    },
  );

  it('refuses notes that nobody could read', () => {
    expect(findFault({ name: 'notes.txt', size: 3_000_000 })).toMatch(/less than 2 MB/);
    expect(findFault({ name: 'talk.wav', size: 3_000_000_000 })).toBe('');
  });
});

it('tells notes from recordings', () => {
  expect(isNotes({ name: 'Visit.MD', size: 1 })).toBe(true);
  expect(isNotes({ name: 'visit.wav', size: 1 })).toBe(false);
});

it.each([
  ['P07_home_visit-2.m4a', 'P07 home visit-2'],
  ['.wav', '.wav'],
  ['שיחה.mp3', 'שיחה'],
])('makes a title of %s', (name, title) => {
  expect(suggestTitle(name)).toBe(title);
});
