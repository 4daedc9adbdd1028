/** Finding a tag by a few of its letters. */

import type { Tag } from '@/api';

function normalise(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

function hasLettersInOrder(name: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = name.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

/** 0 is best; null is no match. Beginnings beat words inside, which beat scattered letters. */
export function scoreName(name: string, query: string): number | null {
  const letters = normalise(query).trim();
  const words = normalise(name);
  if (!letters) return 3;
  if (words === letters) return 0;
  if (words.startsWith(letters)) return 1;
  if (words.includes(` ${letters}`)) return 2;
  if (words.includes(letters)) return 3;
  return letters.length > 1 && hasLettersInOrder(words, letters.replaceAll(' ', '')) ? 4 : null;
}

/** Matching tags, best first; among equals those used more often. */
export function matchTags(tags: readonly Tag[], query: string): Tag[] {
  return tags
    .map((tag) => ({ tag, score: scoreName(tag.name, query) }))
    .filter((match): match is { tag: Tag; score: number } => match.score !== null)
    .sort(
      (a, b) =>
        a.score - b.score ||
        b.tag.excerpt_count - a.tag.excerpt_count ||
        a.tag.name.localeCompare(b.tag.name),
    )
    .map(({ tag }) => tag);
}

/** Whether a tag of exactly this name is still missing. */
export function isNewName(tags: readonly Tag[], query: string): boolean {
  const name = normalise(query).trim();
  return name !== '' && !tags.some((tag) => normalise(tag.name).trim() === name);
}
