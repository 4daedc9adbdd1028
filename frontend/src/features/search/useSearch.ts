/** The lists of a search: excerpts, what leads on above them, what was said and noted below. */

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keys, type SearchAnswer, type SearchHit, search } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { type SearchState, toQuery, wantsExcerpts } from './searchState';

const PAGE_SIZE = 20;
const ASKED_SIZE = 100;
const ABOVE_FETCHED = 16;
const ABOVE_SHOWN = 2;
/** Shown above the excerpts as cards, and before them as links of a word or two. */
export const CARD_KINDS: readonly string[] = ['insight', 'claim'];
const QUICK_KINDS: readonly string[] = ['persona', 'tag'];
const QUICK_SHOWN = 6;
const QUICK_FROM_LETTERS = 3;
/** What is no evidence: said and not marked, or noted. Each has a section of its own. */
export const BELOW_KINDS = ['passage', 'memo'] as const;
export type BelowKind = (typeof BELOW_KINDS)[number];
const BELOW_SHOWN = 3;
const BELOW_PAUSE_MS = 300;

/** Without a choice of kind: excerpts, and above them what else the words match. */
function listWanted(state: SearchState) {
  const { kind } = state.chosen;
  const isMatched = kind.length === 0 && state.words.trim() !== '';
  return {
    excerpts: wantsExcerpts(state),
    above: isMatched || kind.some((one) => one !== 'excerpt'),
  };
}

function useExcerptHits(state: SearchState, isWanted: boolean) {
  const { id } = useWorkspace();
  const query = { ...toQuery(state), kind: ['excerpt'], limit: PAGE_SIZE };
  return useInfiniteQuery({
    queryKey: [...keys.search(id, query), 'pages'],
    queryFn: ({ pageParam, signal }) => search(id, { ...query, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.length * PAGE_SIZE;
      // A page may be short: what was deleted a moment ago is left out of it.
      return last.hits.length > 0 && shown < last.total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

/** What rests on evidence: a few when words match it, more when it is asked for. */
function useHitsAbove(state: SearchState, isWanted: boolean) {
  const { id } = useWorkspace();
  const asked = state.chosen.kind.filter((kind) => kind !== 'excerpt');
  const query = {
    ...toQuery(state),
    kind: asked.length > 0 ? asked : [...CARD_KINDS, ...QUICK_KINDS],
    limit: asked.length > 0 ? ASKED_SIZE : ABOVE_FETCHED,
  };
  return useQuery({
    queryKey: keys.search(id, query),
    queryFn: ({ signal }) => search(id, query, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

function hasAllWords(hit: SearchHit): boolean {
  return hit.missing_words.length === 0;
}

export interface SectionBelow {
  kind: BelowKind;
  hits: SearchHit[];
  total: number;
}

function useSectionBelow(kind: BelowKind, state: SearchState): SectionBelow {
  const { id } = useWorkspace();
  // These wait until the typing rests: the evidence comes first.
  const [settled] = useDebouncedValue(state, BELOW_PAUSE_MS);
  const query = { ...toQuery(settled), kind: [kind], limit: BELOW_SHOWN };
  const { data } = useQuery({
    queryKey: keys.search(id, query),
    queryFn: ({ signal }) => search(id, query, signal),
    placeholderData: keepPreviousData,
    enabled: settled.words.trim() !== '' && settled.chosen.kind.length === 0,
  });
  const isWanted = state.words.trim() !== '' && state.chosen.kind.length === 0;
  // Words are left out until something is found: that is no answer to what was asked.
  const isAnswer = isWanted && data !== undefined && data.dropped_words.length === 0;
  return isAnswer
    ? { kind, hits: data.hits.filter(hasAllWords), total: data.complete }
    : { kind, hits: [], total: 0 };
}

/** What nobody has marked, and what was noted: a few of each that match the words. */
export function useSectionsBelow(state: SearchState): SectionBelow[] {
  const passages = useSectionBelow('passage', state);
  const memos = useSectionBelow('memo', state);
  return [passages, memos].filter(({ hits }) => hits.length > 0);
}

export interface SearchView {
  /** Of the excerpts, or of what else was asked for; holds totals and facets. */
  answer: SearchAnswer | undefined;
  /** Personas and tags that have all the words. */
  quick: SearchHit[];
  above: SearchHit[];
  /** How many more insights and claims match than are shown above the excerpts. */
  hiddenAbove: number;
  hits: SearchHit[];
  error: unknown;
  /** The list on the page answers an earlier question; the new answer is on its way. */
  isBehind: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Above excerpts only the first few, one of each kind if there is; asked for alone, all of them. */
function pickAbove(hits: readonly SearchHit[], state: SearchState): SearchHit[] {
  if (state.chosen.kind.length > 0) return [...hits];
  const lists = CARD_KINDS.map((kind) => hits.filter((hit) => hit.kind === kind));
  const [first, ...others] = lists.map((list) => list.slice(0, ABOVE_SHOWN));
  const taken = others.flat().slice(0, Math.max(1, ABOVE_SHOWN - first.length));
  return [...first.slice(0, ABOVE_SHOWN - taken.length), ...taken];
}

function pickQuick(answer: SearchAnswer | undefined, state: SearchState): SearchHit[] {
  const isTyped = state.words.trim().length >= QUICK_FROM_LETTERS;
  if (!answer || !isTyped || state.chosen.kind.length > 0) return [];
  // A tag that has some of the words is no answer to all of them.
  if (answer.dropped_words.length > 0) return [];
  // A tag that nothing carries leads nowhere.
  const leading = answer.hits.filter((hit) => hasAllWords(hit) && hit.tag?.excerpts !== 0);
  return QUICK_KINDS.flatMap((kind) => leading.filter((hit) => hit.kind === kind)).slice(
    0,
    QUICK_SHOWN,
  );
}

/** How many documents of these kinds match, as the facet of kinds counts them. */
function countKinds(answer: SearchAnswer, kinds: readonly string[]): number {
  const counts = answer.facets.find((facet) => facet.field === 'kind')?.values ?? [];
  return counts
    .filter(({ value }) => kinds.includes(value))
    .reduce((sum, { excerpts }) => sum + excerpts, 0);
}

/** What lacks a word never stands above what has them all. */
function isMixed(answer: SearchAnswer | undefined, excerpts: SearchAnswer | undefined): boolean {
  if (!answer || answer.complete === answer.total) return false;
  return answer.complete > 0 || (excerpts?.complete ?? 0) > 0;
}

function countCards(hits: readonly SearchHit[]): number {
  return hits.filter((hit) => CARD_KINDS.includes(hit.kind)).length;
}

function countHidden(
  answer: SearchAnswer | undefined,
  above: readonly SearchHit[],
  state: SearchState,
): number {
  if (!answer || answer.hits.length === 0) return 0;
  const isAsked = state.chosen.kind.length > 0;
  const total = isAsked ? answer.total : countKinds(answer, CARD_KINDS);
  return Math.max(0, total - above.length);
}

export function useSearch(state: SearchState): SearchView {
  const wanted = listWanted(state);
  const pages = useExcerptHits(state, wanted.excerpts);
  const others = useHitsAbove(state, wanted.above);
  const main = wanted.excerpts ? pages : others;
  const found = wanted.above ? others.data : undefined;
  const excerpts = wanted.excerpts ? pages.data?.pages[0] : undefined;
  const hits = found?.hits ?? [];
  const isCut = state.chosen.kind.length === 0 && isMixed(found, excerpts);
  const leading = isCut ? hits.filter(hasAllWords) : hits;
  const above = pickAbove(leading, state);
  return {
    answer: wanted.excerpts ? excerpts : others.data,
    quick: pickQuick(found, state),
    above,
    hiddenAbove: isCut ? countCards(leading) - above.length : countHidden(found, above, state),
    hits: wanted.excerpts ? (pages.data?.pages.flatMap((page) => page.hits) ?? []) : [],
    error: main.error,
    isBehind: main.isPlaceholderData,
    hasMore: wanted.excerpts && pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void main.refetch(),
  };
}
