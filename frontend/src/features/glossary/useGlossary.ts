/** The terms of a glossary, and changing them; what was removed can be brought back. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addTerm, deleteTerm, type GlossaryTerm, keys, readGlossary } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';

/** Without a study: the glossary of the whole workspace. */
export function useGlossary(studyId?: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.glossary(id) });
  const list = useQuery({
    queryKey: keys.glossary(id, studyId),
    queryFn: () => readGlossary(id, studyId),
  });
  const add = useMutation({
    mutationFn: (term: { text: string; study_id?: string }) => addTerm(id, term),
    onSettled: refresh,
  });
  const bringBack = ({ text, study_id }: GlossaryTerm) =>
    addTerm(id, { text, study_id: study_id ?? undefined })
      .catch((error) => notifyFailure(`“${text}” was not brought back.`, error))
      .finally(() => void refresh());
  const remove = useMutation({
    mutationFn: (term: GlossaryTerm) => deleteTerm(id, term.id),
    onSuccess: (_, term) =>
      notifyWithUndo({
        message: `“${term.text}” was removed from the glossary.`,
        onUndo: () => bringBack(term),
      }),
    onError: (error, term) => notifyFailure(`“${term.text}” was not removed.`, error),
    onSettled: refresh,
  });
  return { list, add, remove };
}
