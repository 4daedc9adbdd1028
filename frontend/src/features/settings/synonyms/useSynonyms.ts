/** Groups of words that mean the same, and changing them; a deleted group can be brought back. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  addSynonyms,
  changeSynonyms,
  deleteSynonyms,
  keys,
  listSynonyms,
  type SynonymGroup,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';

export function useSynonyms() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.synonyms(id) }),
      client.invalidateQueries({ queryKey: keys.search(id) }),
    ]);
  const list = useQuery({ queryKey: keys.synonyms(id), queryFn: () => listSynonyms(id) });
  const add = useMutation({
    mutationFn: (words: string[]) => addSynonyms(id, words),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ group, words }: { group: SynonymGroup; words: string[] }) =>
      changeSynonyms(id, group.id, words),
    onSuccess: refresh,
  });
  const bringBack = ({ words }: SynonymGroup) =>
    addSynonyms(id, words)
      .catch((error) => notifyFailure(`“${words.join(', ')}” was not brought back.`, error))
      .finally(() => void refresh());
  const remove = useMutation({
    mutationFn: (group: SynonymGroup) => deleteSynonyms(id, group.id),
    onSuccess: (_, group) =>
      notifyWithUndo({
        message: `“${group.words.join(', ')}” are searched for one by one again.`,
        onUndo: () => bringBack(group),
      }),
    onError: (error) => notifyFailure('The group was not deleted.', error),
    onSettled: refresh,
  });
  return { list, add, change, remove };
}

export type Synonyms = ReturnType<typeof useSynonyms>;
