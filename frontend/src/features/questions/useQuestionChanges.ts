/** What researchers do with a question; each can be taken back. */

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { adoptQuestion, dismissQuestion, keys, type OpenQuestion, reopenQuestion } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';

export function useQuestionChanges(question: OpenQuestion) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.studies(id) });
    return client.invalidateQueries({ queryKey: keys.questions(id) });
  };
  const onError = (error: unknown) => notifyFailure('The question was not changed.', error);
  const takeBack = () => reopenQuestion(id, question.id).then(refresh, onError);
  const adopt = useMutation({
    mutationFn: (studyId: string) => adoptQuestion(id, question.id, studyId),
    onSuccess: ({ study }) => {
      void refresh();
      notifyWithUndo({
        message: `“${question.words}” is a question of “${study?.title}” now.`,
        onUndo: takeBack,
      });
    },
    onError,
  });
  const dismiss = useMutation({
    mutationFn: () => dismissQuestion(id, question.id),
    onSuccess: () => {
      void refresh();
      notifyWithUndo({ message: `“${question.words}” was dismissed.`, onUndo: takeBack });
    },
    onError,
  });
  const reopen = useMutation({
    mutationFn: () => reopenQuestion(id, question.id),
    onSuccess: refresh,
    onError,
  });
  return { adopt, dismiss, reopen };
}
