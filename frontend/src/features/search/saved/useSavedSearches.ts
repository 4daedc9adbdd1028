/** The reader's saved searches, what is in them, and what they do with them. */

import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  changeDigestSettings,
  changeSavedSearch,
  countSavedSearches,
  deleteSavedSearch,
  keys,
  listSavedSearches,
  orderSavedSearches,
  restoreSavedSearch,
  type SavedSearch,
  type SavedSearchCount,
  saveSearch,
  seeSavedSearch,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyDone, notifyFailure, notifyWithUndo } from '@/ui';
import { fromQuery, type SearchState, toQuery, writeSearchState } from '../searchState';

/** How many are counted at once: each costs the server two searches. */
export const COUNTED_AT_ONCE = 6;

export function useSavedSearches() {
  const { id } = useWorkspace();
  return useQuery({
    queryKey: keys.savedSearches(id),
    queryFn: () => listSavedSearches(id),
  });
}

export interface SavedCounts {
  peopleTotal: number;
  byId: ReadonlyMap<string, SavedSearchCount>;
}

/** What is in those that are shown, a few at a time. */
export function useSavedCounts(shown: readonly SavedSearch[]): SavedCounts {
  const { id } = useWorkspace();
  const batches: string[][] = [];
  for (let start = 0; start < shown.length; start += COUNTED_AT_ONCE) {
    const batch = shown.slice(start, start + COUNTED_AT_ONCE).map((search) => search.id);
    // Sorted, so that putting them into another order counts nothing anew.
    batches.push(batch.sort());
  }
  const answers = useQueries({
    queries: batches.map((ids) => ({
      queryKey: keys.savedSearchCounts(id, ids),
      queryFn: () => countSavedSearches(id, ids),
    })),
  }).flatMap(({ data }) => data ?? []);
  return {
    peopleTotal: answers[0]?.people_total ?? 0,
    byId: new Map(answers.flatMap(({ results }) => results.map((row) => [row.id, row]))),
  };
}

/** Kinds are part of a search that is kept, though each list of the page asks for its own. */
function toQuestion(state: SearchState) {
  const { kind } = state.chosen;
  return { ...toQuery(state), ...(kind.length > 0 ? { kind: [...kind] } : {}) };
}

export function isSameSearch(saved: SavedSearch, state: SearchState): boolean {
  const written = writeSearchState(fromQuery(saved.question)).toString();
  return written === writeSearchState({ ...state, words: state.words.trim() }).toString();
}

function useRefresh() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: keys.digestSettings(id) });
    void client.invalidateQueries({ queryKey: keys.savedSearchCounts(id) });
    return client.invalidateQueries({ queryKey: keys.savedSearches(id) });
  };
}

export function useSavedSearchChanges() {
  const { id } = useWorkspace();
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: ({ name, state }: { name: string; state: SearchState }) =>
      saveSearch(id, name, toQuestion(state)),
    onSuccess: ({ name }) => {
      void refresh();
      notifyDone(`“${name}” is saved. What is new in it stands on the search page.`);
    },
  });
  const remove = useMutation({
    mutationFn: (search: SavedSearch) => deleteSavedSearch(id, search.id),
    onSuccess: (_, search) => {
      void refresh();
      const bringBack = () =>
        restoreSavedSearch(id, search.id).then(refresh, (error) =>
          notifyFailure('The saved search did not come back.', error),
        );
      notifyWithUndo({ message: `“${search.name}” is not saved any more.`, onUndo: bringBack });
    },
    onError: (error) => notifyFailure('The saved search was not deleted.', error),
  });
  const see = useMutation({
    mutationFn: (search: SavedSearch) => seeSavedSearch(id, search.id),
    onSuccess: refresh,
  });
  return { save, remove, see };
}

export function useRename() {
  const { id } = useWorkspace();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ search, name }: { search: SavedSearch; name: string }) =>
      changeSavedSearch(id, search.id, { name }),
    onSuccess: refresh,
  });
}

/** Puts a search into the weekly digest, or out of it. */
export function useDigestSwitch() {
  const { id } = useWorkspace();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (search: SavedSearch) => {
      const isInDigest = !search.is_in_digest;
      if (isInDigest) {
        // From then on the server knows whose Monday morning it is.
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
        if (timeZone) await changeDigestSettings(id, { time_zone: timeZone }).catch(() => null);
      }
      return changeSavedSearch(id, search.id, { is_in_digest: isInDigest });
    },
    onSuccess: ({ name, is_in_digest }) => {
      void refresh();
      notifyDone(
        is_in_digest
          ? `“${name}” is in your weekly digest. The next one comes on Monday at 8:00.`
          : `“${name}” is not in your weekly digest any more.`,
      );
    },
    onError: (error) => notifyFailure('Your weekly digest was not changed.', error),
  });
}

/** Moves one to another place; the list follows at once, and goes back if it is not saved. */
export function useMove() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const queryKey = keys.savedSearches(id);
  return useMutation({
    mutationFn: (order: SavedSearch[]) =>
      orderSavedSearches(
        id,
        order.map((search) => search.id),
      ),
    onMutate: async (order) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, order);
    },
    onError: (error) => notifyFailure('The order was not saved.', error),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
