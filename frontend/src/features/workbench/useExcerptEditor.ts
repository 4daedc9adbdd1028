/** The excerpt editor of one session, at work on the page's cached answers. */

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Excerpt, keys } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { ExcerptEditor, type ExcerptShelf } from './excerptEditor';

const ROOMS_THAT_COUNT = ['search', 'personas', 'tags', 'studies', 'sessions', 'insights'];

function useExcerptShelf(sessionId: string): ExcerptShelf {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useMemo(() => {
    const queryKey = keys.excerpts(id, { session: sessionId });
    const change = (update: (excerpts: Excerpt[]) => Excerpt[]) => {
      // An answer asked for before this change must not overwrite it.
      void client.cancelQueries({ queryKey });
      client.setQueryData<Excerpt[]>(queryKey, (excerpts) => update(excerpts ?? []));
    };
    return {
      get: (excerptId) =>
        client.getQueryData<Excerpt[]>(queryKey)?.find((one) => one.id === excerptId),
      add: (excerpt) => change((all) => [...all, excerpt]),
      // One that a reloaded list lacks, because it was on its way then, is put back.
      put: (excerptId, excerpt) =>
        change((all) =>
          all.some(({ id: known }) => known === excerptId)
            ? all.map((one) => (one.id === excerptId ? excerpt : one))
            : [...all.filter(({ id: known }) => known !== excerpt.id), excerpt],
        ),
      remove: (excerptId) => change((all) => all.filter((one) => one.id !== excerptId)),
      reload: () => client.invalidateQueries({ queryKey }),
    };
  }, [client, id, sessionId]);
}

/** `onRealId` is called when a draft has got its real id; it must keep its identity. */
export function useExcerptEditor(
  sessionId: string,
  onRealId: (draftId: string, realId: string) => void,
): ExcerptEditor {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const shelf = useExcerptShelf(sessionId);
  return useMemo(
    () =>
      new ExcerptEditor(id, sessionId, shelf, {
        onRealId,
        onSaved: () => {
          for (const room of ROOMS_THAT_COUNT) {
            void client.invalidateQueries({ queryKey: [id, room] });
          }
        },
        onFailure: notifyFailure,
        onDeleted: (undo) => notifyWithUndo({ message: 'The excerpt was deleted.', onUndo: undo }),
      }),
    [client, id, onRealId, sessionId, shelf],
  );
}
