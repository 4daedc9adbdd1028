/** A transcript as running text: words by index, and the way between words, offsets and times. */

import { readTimes, type Segment } from '@/api';

const NO_TIMES = [null, null] as const;

export interface TextSegment {
  id: string;
  speakerId: string | null;
  /** Whether the speaker only follows from how the voice sounds. */
  isSuggested: boolean;
  /** Which of the voices told apart in this transcript; null where none were. */
  voice: number | null;
  startMs: number | null;
  endMs: number | null;
  /** Why the whole passage is in doubt; a gap has no words. */
  doubt: Segment['doubt'];
  /** Who said it took back their consent: there are no words to show. */
  isWithheld: boolean;
  /** What a paragraph of written notes is. */
  style: Segment['style'];
  /** The words joined by one space; what the page shows. */
  text: string;
  /** Where each word begins in `text`, in UTF-16 units as the DOM counts. */
  offsets: number[];
  words: string[];
  /** Index of the first word in the whole transcript. */
  firstIndex: number;
}

export interface TranscriptText {
  segments: TextSegment[];
  wordIds: number[];
  startsMs: (number | null)[];
  endsMs: (number | null)[];
  /** For each word, the index of its segment. */
  segmentOf: number[];
  /** Indices of the words to be listened to before they are believed, rising. */
  doubtful: number[];
  /** False while only its beginning is shown, for a moment. */
  isWhole: boolean;
}

/** A stretch of words by index in the transcript, both ends included. */
export interface WordRange {
  first: number;
  last: number;
}

/** A stretch of one segment's text, half-open. */
export interface TextSlice {
  segment: number;
  start: number;
  end: number;
}

function measure(words: readonly string[]): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const word of words) {
    offsets.push(offset);
    offset += word.length + 1;
  }
  return offsets;
}

export function buildTranscriptText(segments: readonly Segment[], isWhole = true): TranscriptText {
  const text: TranscriptText = {
    segments: [],
    wordIds: [],
    startsMs: [],
    endsMs: [],
    segmentOf: [],
    doubtful: [],
    isWhole,
  };
  segments.forEach((segment, index) => {
    text.segments.push({
      id: segment.id,
      speakerId: segment.speaker_id,
      isSuggested: segment.is_speaker_suggested,
      voice: segment.voice,
      startMs: segment.start_ms,
      endMs: segment.end_ms,
      doubt: segment.doubt,
      isWithheld: segment.is_withheld,
      style: segment.style,
      text: segment.words.join(' '),
      offsets: measure(segment.words),
      words: segment.words,
      firstIndex: text.wordIds.length,
    });
    addWords(text, segment, index);
  });
  return text;
}

/** Reads the words of a segment from its columns: ids, times, and which are in doubt. */
function addWords(text: TranscriptText, segment: Segment, index: number): void {
  const { word_id_runs, gaps_ms, lengths_ms, doubtful, start_ms, words } = segment;
  const firstIndex = text.wordIds.length;
  for (const [first, count] of doubtful) {
    for (let word = first; word < first + count; word += 1) text.doubtful.push(firstIndex + word);
  }
  for (const [first, count, step] of word_id_runs) {
    for (let word = 0; word < count; word += 1) text.wordIds.push(first + word * step);
  }
  const times = gaps_ms && lengths_ms ? readTimes(gaps_ms, lengths_ms, start_ms ?? 0) : [];
  words.forEach((_, word) => {
    const [startMs, endMs] = times[word] ?? NO_TIMES;
    text.startsMs.push(startMs);
    text.endsMs.push(endMs);
    text.segmentOf.push(index);
  });
}

/** Whether there are words to read and to change: not in a gap, nor where they are withheld. */
export function hasText({ doubt, isWithheld }: TextSegment): boolean {
  return doubt !== 'gap' && !isWithheld;
}

/** How many leading values satisfy a test that holds for a first part and not for the rest. */
function countWhile<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of a word id, or of the next one that is still there; -1 past the end. */
export function findWordIndex(text: TranscriptText, wordId: number): number {
  const index = countWhile(text.wordIds, (id) => id < wordId);
  return index < text.wordIds.length ? index : -1;
}

/** The words of an excerpt; null where none of them is in this transcript. */
export function findExcerptRange(
  text: TranscriptText,
  excerpt: { first_word_id: number; last_word_id: number },
): WordRange | null {
  const first = findWordIndex(text, excerpt.first_word_id);
  const last = countWhile(text.wordIds, (id) => id <= excerpt.last_word_id) - 1;
  return first === -1 || last < first ? null : { first, last };
}

/** Which word of a segment an offset lies in; the space after a word belongs to that word. */
export function findWordAtOffset(segment: TextSegment, offset: number): number {
  const word = countWhile(segment.offsets, (start) => start <= offset) - 1;
  return segment.firstIndex + Math.max(0, word);
}

function getWordEnd(segment: TextSegment, word: number): number {
  return segment.offsets[word] + segment.words[word].length;
}

interface TextPlace {
  segment: number;
  offset: number;
}

/** Snaps a stretch of text to whole words; white space at its ends draws no word in. */
export function snapToWords(
  text: TranscriptText,
  start: TextPlace,
  end: TextPlace,
): WordRange | null {
  let first = text.segments[start.segment].firstIndex;
  const startSegment = text.segments[start.segment];
  if (startSegment.words.length > 0) {
    first = findWordAtOffset(startSegment, start.offset);
    if (start.offset >= getWordEnd(startSegment, first - startSegment.firstIndex)) first += 1;
  }
  const endSegment = text.segments[end.segment];
  let last = endSegment.firstIndex - 1;
  if (endSegment.words.length > 0 && end.offset > 0) {
    last = findWordAtOffset(endSegment, end.offset - 1);
  }
  return last < first || first >= text.wordIds.length ? null : { first, last };
}

/** The pieces of each segment's text that a range of words covers. */
export function sliceRange(text: TranscriptText, range: WordRange): TextSlice[] {
  const slices: TextSlice[] = [];
  const lastSegment = text.segmentOf[range.last];
  for (let segment = text.segmentOf[range.first]; segment <= lastSegment; segment += 1) {
    const { firstIndex, offsets, words } = text.segments[segment];
    if (words.length === 0) continue;
    const from = Math.max(0, range.first - firstIndex);
    const to = Math.min(words.length - 1, range.last - firstIndex);
    slices.push({ segment, start: offsets[from], end: getWordEnd(text.segments[segment], to) });
  }
  return slices;
}

export function getRangeText(text: TranscriptText, range: WordRange): string {
  return sliceRange(text, range)
    .map(({ segment, start, end }) => text.segments[segment].text.slice(start, end))
    .join(' ');
}

/** The word said at a time: the last that has begun; -1 before the first or without audio. */
export function findWordAtTime(text: TranscriptText, positionMs: number): number {
  return countWhile(text.startsMs, (startMs) => startMs !== null && startMs <= positionMs) - 1;
}

/** Start of the first and end of the last word of a range, where the transcript has times. */
export function getRangeTimes(text: TranscriptText, range: WordRange) {
  return { startMs: text.startsMs[range.first], endMs: text.endsMs[range.last] };
}

/** The smallest excerpt that covers a word, so that overlapping ones can all be reached. */
export function findExcerptAtWord<Marked extends { range: WordRange }>(
  marks: readonly Marked[],
  index: number,
): Marked | undefined {
  let best: Marked | undefined;
  for (const mark of marks) {
    const { first, last } = mark.range;
    if (index < first || index > last) continue;
    if (!best || last - first < best.range.last - best.range.first) best = mark;
  }
  return best;
}
