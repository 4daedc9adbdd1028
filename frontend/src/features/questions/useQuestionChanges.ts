/** What researchers do with a question; each can be taken back. */

import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  adoptQuestion,
  deleteQuestion,
  dismissQuestion,
  forgetQuestion,
  keys,
  type OpenQuestion,
  reopenQuestion,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyDone, notifyFailure, notifyWithUndo } from '@/ui';

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
  const forget = useMutation({
    mutationFn: () => forgetQuestion(id, question.id),
    onSuccess: () => {
      void refresh();
      notifyDone(`You don’t ask “${question.words}” any more.`);
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteQuestion(id, question.id),
    onSuccess: () => {
      void refresh();
      notifyDone('The question is gone for good.');
    },
    onError: (error) => notifyFailure('The question was not deleted.', error),
  });
  return { adopt, dismiss, reopen, forget, remove };
}
