/** Finding a tag by a few of its letters, or in the tree, with those used lately first. */

import type { Tag } from '@/api';

/** A letter more, less or other is forgiven from this length on. */
const TYPO_LENGTH_MINIMUM = 4;
/** From this score on, who typed a name may well have meant a new tag. */
const FAR = 5;

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

/** Whether one letter added, left out or changed makes `word` begin with `letters`. */
function isOneSlipFrom(word: string, letters: string): boolean {
  let same = 0;
  while (same < letters.length && letters[same] === word[same]) same += 1;
  const rest = letters.slice(same + 1);
  const isAdded = word.startsWith(rest, same);
  const isChanged = word.startsWith(rest, same + 1);
  const isLeftOut = word.startsWith(letters.slice(same), same + 1);
  return isAdded || isChanged || isLeftOut;
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
  if (letters.length > 1 && hasLettersInOrder(words, letters.replaceAll(' ', ''))) return 4;
  const mayBeSlip = letters.length >= TYPO_LENGTH_MINIMUM;
  return mayBeSlip && words.split(/\s+/).some((word) => isOneSlipFrom(word, letters)) ? FAR : null;
}

/** The names of the tags above one, from the top of the tree. */
export function listParents(tag: Tag, byId: ReadonlyMap<string, Tag>): string[] {
  const names: string[] = [];
  const seen = new Set([tag.id]);
  for (let id = tag.parent_id; id && !seen.has(id); id = byId.get(id)?.parent_id ?? null) {
    seen.add(id);
    const parent = byId.get(id);
    if (parent) names.unshift(parent.name);
  }
  return names;
}

/** A tag is also found by the tags above it, after those found by their own name. */
function scoreTag(tag: Tag, query: string, byId: ReadonlyMap<string, Tag>): number | null {
  const own = scoreName(tag.name, query);
  if (own !== null) return own;
  const path = [...listParents(tag, byId), tag.name].join(' ');
  const score = scoreName(path, query.replace(/[›>/]/g, ' ').replace(/\s+/g, ' '));
  return score === null || score > 3 ? null : FAR;
}

interface TagMatch {
  tag: Tag;
  score: number;
}

function findMatches(
  tags: readonly Tag[],
  query: string,
  recentIds: readonly string[],
): TagMatch[] {
  const byId = new Map(tags.map((tag) => [tag.id, tag]));
  const recency = new Map(recentIds.map((id, index) => [id, index]));
  const getRecency = ({ tag }: TagMatch) => recency.get(tag.id) ?? recentIds.length;
  return tags
    .map((tag) => ({ tag, score: scoreTag(tag, query, byId) }))
    .filter((match): match is TagMatch => match.score !== null)
    .sort(
      (a, b) =>
        a.score - b.score ||
        getRecency(a) - getRecency(b) ||
        b.tag.excerpt_count - a.tag.excerpt_count ||
        a.tag.name.localeCompare(b.tag.name),
    );
}

/** Matching tags, best first; among equals those used lately, then those used more often. */
export function matchTags(
  tags: readonly Tag[],
  query: string,
  recentIds: readonly string[] = [],
): Tag[] {
  return findMatches(tags, query, recentIds).map(({ tag }) => tag);
}

/** Whether a tag of exactly this name is still missing. */
export function isNewName(tags: readonly Tag[], query: string): boolean {
  const name = normalise(query).trim();
  return name !== '' && !tags.some((tag) => normalise(tag.name).trim() === name);
}

export interface TagChoice {
  tag: Tag;
  depth: number;
  /** The tags above it, where the tree around it is not shown. */
  path: string[];
  group: 'recent' | 'tree' | 'match' | 'far';
}

function listBranch(tags: readonly Tag[], parentId: string | null, depth: number): TagChoice[] {
  const known = new Set(tags.map(({ id }) => id));
  return tags
    .filter(({ parent_id }) => (parent_id && known.has(parent_id) ? parent_id : null) === parentId)
    .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name))
    .flatMap((tag) => [
      { tag, depth, path: [], group: 'tree' as const },
      ...listBranch(tags, tag.id, depth + 1),
    ]);
}

/** What the picker offers: for some letters what matches; for none, recent ones and the tree. */
export function listTagChoices(
  tags: readonly Tag[],
  query: string,
  recentIds: readonly string[],
): TagChoice[] {
  const byId = new Map(tags.map((tag) => [tag.id, tag]));
  const choose = (tag: Tag, group: TagChoice['group']): TagChoice => ({
    tag,
    depth: 0,
    path: listParents(tag, byId),
    group,
  });
  if (query.trim()) {
    return findMatches(tags, query, recentIds).map(({ tag, score }) =>
      choose(tag, score < FAR ? 'match' : 'far'),
    );
  }
  const recent = recentIds.flatMap((id) => byId.get(id) ?? []);
  return [...recent.map((tag) => choose(tag, 'recent')), ...listBranch(tags, null, 0)];
}
