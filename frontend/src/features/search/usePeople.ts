/** Who said what a search finds, as a choice to narrow it by. */

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Facet, keys, searchPeople } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { isBlank, type SearchState, toQuery } from './searchState';

const TYPING_PAUSE_MS = 300;
const NAMING_PAUSE_MS = 120;

/** Those who said most of it; with a name, those who are called so. */
export function usePeople(state: SearchState, name = ''): Facet | undefined {
  const { id } = useWorkspace();
  // There may be thousands to count: that waits until the typing rests, but for no click.
  const [words] = useDebouncedValue(state.words, TYPING_PAUSE_MS);
  const [named] = useDebouncedValue(name.trim(), NAMING_PAUSE_MS);
  const query = { ...toQuery({ ...state, words }), kind: [...state.chosen.kind], named };
  const { data } = useQuery({
    queryKey: keys.searchPeople(id, query),
    queryFn: ({ signal }) => searchPeople(id, query, signal),
    placeholderData: keepPreviousData,
    enabled: !isBlank(state),
  });
  return data;
}
