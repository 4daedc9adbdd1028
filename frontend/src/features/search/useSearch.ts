/** The two lists of a search: excerpts, and the insights and personas above them. */

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keys, type SearchAnswer, type SearchHit, search } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { type SearchState, toQuery, wantsExcerpts } from './searchState';

const PAGE_SIZE = 20;
const ABOVE_FETCHED = 6;
const ABOVE_SHOWN = 2;
const ABOVE_KINDS = ['insight', 'persona'];

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
      return last.hits.length === PAGE_SIZE && shown < last.total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

/** Insights and personas: a few when words match them, more when they are asked for. */
function useHitsAbove(state: SearchState, isWanted: boolean) {
  const { id } = useWorkspace();
  const asked = state.chosen.kind.filter((kind) => ABOVE_KINDS.includes(kind));
  const query = {
    ...toQuery(state),
    kind: asked.length > 0 ? asked : ABOVE_KINDS,
    limit: asked.length > 0 ? PAGE_SIZE : ABOVE_FETCHED,
  };
  return useQuery({
    queryKey: keys.search(id, query),
    queryFn: ({ signal }) => search(id, query, signal),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

export interface SearchView {
  /** Of the excerpts, or of what else was asked for; holds totals and facets. */
  answer: SearchAnswer | undefined;
  above: SearchHit[];
  /** How many more insights and personas match than are shown above the excerpts. */
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

/** Above excerpts only the first few, insights before personas; asked for alone, all of them. */
function pickAbove(hits: readonly SearchHit[], isAlone: boolean): SearchHit[] {
  if (isAlone) return [...hits];
  const isPersona = (hit: SearchHit) => Number(hit.kind === 'persona');
  return hits.toSorted((left, right) => isPersona(left) - isPersona(right)).slice(0, ABOVE_SHOWN);
}

export function useSearch(state: SearchState): SearchView {
  const wanted = listWanted(state);
  const pages = useExcerptHits(state, wanted.excerpts);
  const others = useHitsAbove(state, wanted.above);
  const main = wanted.excerpts ? pages : others;
  const found = wanted.above ? (others.data?.hits ?? []) : [];
  const above = pickAbove(found, !wanted.excerpts);
  return {
    answer: wanted.excerpts ? pages.data?.pages[0] : others.data,
    above,
    hiddenAbove: found.length > 0 ? (others.data?.total ?? 0) - above.length : 0,
    hits: wanted.excerpts ? (pages.data?.pages.flatMap((page) => page.hits) ?? []) : [],
    error: main.error,
    isBehind: main.isPlaceholderData,
    hasMore: wanted.excerpts && pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void main.refetch(),
  };
}
