import { describe, expect, it } from 'vitest';
import {
  findFault,
  findTranscriptFault,
  isNotes,
  isTalk,
  isTranscript,
  suggestTitle,
} from './recordings';

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
    expect(findFault({ name: 'notes.md', size: 3_000_000 })).toMatch(/less than 2 MB/);
    expect(findFault({ name: 'talk.wav', size: 3_000_000_000 })).toBe('');
  });
});

it('tells transcripts from recordings and notes', () => {
  expect(isTranscript({ name: 'Meeting.VTT' })).toBe(true);
  expect(isTranscript({ name: 'talk.txt' })).toBe(true);
  expect(isTranscript({ name: 'talk.md' })).toBe(false);
  expect(findTranscriptFault({ name: 'call.srt', size: 9 })).toBe('');
  expect(findTranscriptFault({ name: 'call.srt', size: 0 })).toMatch(/empty/);
  expect(findTranscriptFault({ name: 'call.mp3', size: 9 })).toMatch(/not a transcript/);
});

it.each([
  ['Interviewer: How do you book?\nP07: By phone.', true],
  ['[00:01] Hello\n[00:09] Hi', true],
  ['The waiting room was full.\nNote: ask about the app.', false],
  ['', false],
])('tells a talk from notes: %j', (text, expected) => {
  expect(isTalk(text)).toBe(expected);
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
