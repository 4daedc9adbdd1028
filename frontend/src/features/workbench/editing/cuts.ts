/** Where a passage can be cut: between the words a caret or a choice of words stands between. */

export interface Selection {
  start: number;
  end: number;
}

/** Where each word begins in the words joined by one space. */
export function listOffsets(words: readonly string[]): number[] {
  let offset = 0;
  return words.map((word) => {
    const start = offset;
    offset += word.length + 1;
    return start;
  });
}

/** How many words stand before an offset; one that the offset is in the middle of is after it. */
export function countWordsBefore(words: readonly string[], offset: number): number {
  const offsets = listOffsets(words);
  let count = 0;
  while (count < words.length && offsets[count] + words[count].length <= offset) count += 1;
  return count;
}

/** The offset in the tidied text of an offset in the text as it is typed. */
export function tidyOffset(typed: string, offset: number): number {
  const before = typed.slice(0, offset).replace(/\s+/g, ' ').trimStart();
  const tidied = typed.replace(/\s+/g, ' ').trim();
  return Math.min(before.length, tidied.length);
}

export interface GivenWords {
  /** So many words at the start go to the passage before. */
  toPrevious: number;
  /** From this word on they go to the passage after; the number of words where none do. */
  toNext: number;
}

/** What the chosen words at the start or the end, or a caret between them, would give away. */
export function findGivenWords(words: readonly string[], { start, end }: Selection): GivenWords {
  const nothing = { toPrevious: 0, toNext: words.length };
  const isCaret = start === end;
  const first = countWordsBefore(words, start);
  const last = isCaret ? first : countWordsBefore(words, end);
  const isWhole = (count: number) => count <= 0 || count >= words.length;
  if (isCaret) return isWhole(first) ? nothing : { toPrevious: first, toNext: first };
  const toPrevious = first === 0 && !isWhole(last) ? last : 0;
  const toNext = last === words.length && !isWhole(first) ? first : words.length;
  return { toPrevious, toNext };
}
