/** Tags whose names look like the words someone searched for. */

import type { Tag } from '@/api';

const MIN_LIKENESS = 0.5;

function listPairs(word: string): Set<string> {
  const padded = ` ${word} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)));
}

/** Dice's coefficient over pairs of letters: 0 for nothing in common, 1 for the same word. */
export function measureLikeness(left: string, right: string): number {
  const [first, second] = [listPairs(left), listPairs(right)];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return (2 * shared) / (first.size + second.size);
}

const toWords = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function rate(words: readonly string[], tag: Tag): number {
  const likenesses = words.flatMap((word) =>
    toWords(tag.name).map((name) => (name.startsWith(word) ? 1 : measureLikeness(word, name))),
  );
  return Math.max(0, ...likenesses);
}

/** The most alike first; only tags that something was marked with. */
export function findCloseTags(text: string, tags: readonly Tag[], limit = 5): Tag[] {
  const words = toWords(text).filter((word) => word.length > 2);
  return tags
    .filter((tag) => tag.excerpt_count > 0)
    .map((tag) => ({ tag, likeness: rate(words, tag) }))
    .filter(({ likeness }) => likeness >= MIN_LIKENESS)
    .sort((left, right) => right.likeness - left.likeness)
    .slice(0, limit)
    .map(({ tag }) => tag);
}
