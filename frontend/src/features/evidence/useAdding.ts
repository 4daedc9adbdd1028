/** Adding excerpts to something: done at once, told, and taken back with one click. */

import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Excerpt } from '@/api';
import { formatCount, quoteBriefly } from '@/lib/text';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { useFreshEvidence } from './useFreshEvidence';

/** What a dialog that adds excerpts is opened with. */
export interface AddingProps {
  excerpts: readonly Excerpt[];
  onAdded: () => void;
  onClose: () => void;
}

/** What was done, in words, where it can be seen, and how it is taken back. */
export interface Done {
  message: string;
  path: string;
  undo: () => Promise<unknown>;
}

/** "2 excerpts added to “Late”. 1 excerpt was there already." */
export function describeAddition(added: number, known: number, name: string): string {
  const parts = [
    added > 0 || known === 0
      ? `${formatCount(added, 'excerpt')} added to ${quoteBriefly(name)}.`
      : '',
    known > 0 ? `${formatCount(known, 'excerpt was', 'excerpts were')} there already.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function useTelling() {
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  return ({ message, path, undo }: Done) =>
    notifyWithUndo({
      message,
      next: { label: 'Open', act: () => navigate(path) },
      onUndo: async () => {
        try {
          await undo();
        } catch (error) {
          notifyFailure('It could not be taken back.', error);
        }
        void refresh();
      },
    });
}

export function useAdding({ onAdded, onClose }: Omit<AddingProps, 'excerpts'>) {
  const refresh = useFreshEvidence();
  const tell = useTelling();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (add: () => Promise<Done>) => add(),
    onSuccess: (done) => {
      tell(done);
      onAdded();
      onClose();
    },
    onSettled: () => void refresh(),
  });
  // A second press while the first is under way means the same.
  const run = (add: () => Promise<Done>) => (isPending ? undefined : mutate(add));
  return { run, isPending, error };
}
