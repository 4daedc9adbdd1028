import { expect, it } from 'vitest';
import { readSegments, type TranscriptOnItsWay } from '@/api';
import shared from '@/testing/transcriptColumns.json';
import { buildTranscriptText } from './transcriptText';

// The server's tests make these columns of these rows.
const columns = shared.columns as unknown as TranscriptOnItsWay['segments'];
const words = shared.rows.flatMap((row) => row.all_words);

it('reads segments back from what the server makes of them', () => {
  const segments = readSegments(columns);
  for (const name of ['id', 'position', 'speaker_id', 'doubt', 'style', 'voice'] as const) {
    expect(segments.map((segment) => segment[name])).toEqual(shared.rows.map((row) => row[name]));
  }
  expect(segments.map(({ start_ms, end_ms }) => [start_ms, end_ms])).toEqual(
    shared.rows.map(({ start_ms, end_ms }) => [start_ms, end_ms]),
  );
});

it('reads words back: ids, text, times and doubts', () => {
  const text = buildTranscriptText(readSegments(columns));
  expect(text.segments.flatMap((segment) => segment.words)).toEqual(words.map((word) => word[1]));
  expect(text.wordIds).toEqual(words.map((word) => word[0]));
  expect(text.startsMs).toEqual(words.map((word) => word[2]));
  expect(text.endsMs).toEqual(words.map((word) => word[3]));
  expect(text.doubtful.map((word) => words[word][4])).toEqual([0.1, 0.1, 0.1]);
});
