/** The reader's saved searches, and what they do with them. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  deleteSavedSearch,
  keys,
  listSavedSearches,
  type SavedSearch,
  saveSearch,
  seeSavedSearch,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyDone, notifyFailure, notifyWithUndo } from '@/ui';
import { fromQuery, type SearchState, toQuery, writeSearchState } from '../searchState';

export function useSavedSearches() {
  const { id } = useWorkspace();
  return useQuery({
    queryKey: keys.savedSearches(id),
    queryFn: () => listSavedSearches(id),
  });
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

export function useSavedSearchChanges() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.savedSearches(id) });
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
      const bringBack = () => saveSearch(id, search.name, search.question).then(refresh);
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
