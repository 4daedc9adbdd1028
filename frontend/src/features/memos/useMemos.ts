/** Reading and writing memos; every change brings all lists of them up to date. */

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  countSessionMemos,
  createMemo,
  deleteMemo,
  keys,
  listEveryMemo,
  listMembers,
  type MemoCounts,
  type MemoSubjectKind,
  type PlainMemo,
  restoreMemo,
  updateMemo,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { listMentioned, type Person } from './mentions';

/** Something that memos are written on. */
export interface SubjectRef {
  kind: MemoSubjectKind;
  id: string;
}

/** Threads on one thing, in the order they were begun. */
export function useThreads(subject: SubjectRef) {
  const { id } = useWorkspace();
  const filters = { subject_kind: subject.kind, subject_id: subject.id };
  return useQuery({
    queryKey: keys.memos(id, filters),
    queryFn: async () =>
      (await listEveryMemo(id, filters)).sort((a, b) => a.created_at.localeCompare(b.created_at)),
  });
}

const NO_COUNTS: MemoCounts = { excerpts: {}, segments: {}, session: 0 };

/** How many memos there are on what a workbench shows. */
export function useMemoCounts(sessionId: string): MemoCounts {
  const { id } = useWorkspace();
  const counts = useQuery({
    queryKey: keys.memoCounts(id, sessionId),
    queryFn: () => countSessionMemos(id, sessionId),
  });
  return counts.data ?? NO_COUNTS;
}

/** Who can be mentioned, by name. */
export function usePeople(): Person[] {
  const { id } = useWorkspace();
  const members = useQuery({
    queryKey: keys.members(id),
    queryFn: () => listMembers(id),
    staleTime: 60_000,
  });
  return useMemo(
    () => (members.data ?? []).map(({ user_id, name }) => ({ user_id, name })),
    [members.data],
  );
}

export function useMemoChanges() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const people = usePeople();
  const refresh = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.memos(id) }),
      client.invalidateQueries({ queryKey: keys.mentions(id) }),
    ]);
  };
  const mentioned = (text: string) => listMentioned(text, people);
  const restore = async (memo: PlainMemo) => {
    try {
      await restoreMemo(id, memo.id);
    } catch (error) {
      notifyFailure('The memo is still deleted', error);
    }
    await refresh();
  };
  return {
    write: async (subject: SubjectRef, text: string) => {
      await createMemo(id, {
        subject_kind: subject.kind,
        subject_id: subject.id,
        text,
        mentioned_user_ids: mentioned(text),
      });
      await refresh();
    },
    answer: async (memo: PlainMemo, text: string) => {
      await createMemo(id, { parent_id: memo.id, text, mentioned_user_ids: mentioned(text) });
      await refresh();
    },
    change: async (memo: PlainMemo, text: string) => {
      await updateMemo(id, memo.id, { text, mentioned_user_ids: mentioned(text) });
      await refresh();
    },
    remove: async (memo: PlainMemo) => {
      try {
        await deleteMemo(id, memo.id);
      } catch (error) {
        notifyFailure('The memo is still there', error);
        return;
      }
      await refresh();
      notifyWithUndo({ message: 'Memo deleted', onUndo: () => restore(memo) });
    },
  };
}

export type MemoChanges = ReturnType<typeof useMemoChanges>;
