/** The versions of a source's text, and bringing another of them back. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys, listVersions, makeCurrent, type TranscriptRef } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { useWorkbench } from '../workbench';
import { describeCarry, getVersionName } from './describeVersion';

export function useVersions() {
  const { id } = useWorkspace();
  const { source, transcript } = useWorkbench();
  // A new version may begin or end at any time; the session, asked often, says when.
  const stamp = `${source.transcript?.id}.${transcript.state}`;
  return useQuery({
    queryKey: [...keys.versions(id, source.id), stamp],
    queryFn: () => listVersions(id, source.id),
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) =>
      state.data?.some((version) => version.state === 'in_progress') ? 5000 : false,
  });
}

/** Makes a version the current one; says what became of the excerpts, and can be undone. */
export function useRestore() {
  const { id } = useWorkspace();
  const { source } = useWorkbench();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: (version: Pick<TranscriptRef, 'id' | 'version'>) => makeCurrent(id, version.id),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all(id) }),
  });
  const { transcript: shown } = source;
  const back = async () => {
    try {
      if (shown) await restore.mutateAsync(shown);
    } catch (error) {
      notifyFailure('The version could not be changed back.', error);
    }
  };
  const use = async (version: TranscriptRef) => {
    try {
      const summary = await restore.mutateAsync(version);
      const message = `${getVersionName(version)} is shown now. ${describeCarry(summary)}`;
      notifyWithUndo({ message, onUndo: back, isLasting: true });
    } catch (error) {
      notifyFailure(`${getVersionName(version)} could not be brought back.`, error);
    }
  };
  return { use, isPending: restore.isPending };
}
