/** What can be done to the codebook, each with its undo. */

import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  deleteTag,
  keys,
  lockCodebook,
  moveTag,
  readCodebook,
  redoInCodebook,
  type Tag,
  type TagPlace,
  tellTagsApart,
  undoChange,
  undoInCodebook,
  updateTag,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { notifyDone, notifyFailure, notifyWithUndo } from '@/ui';
import { withMoved } from './tagMoves';
import { listBranchIds } from './tagTree';

/** "“Waiting” and 2 tags under it are gone from 12 excerpts". */
export function describeDeletion(tag: Tag, tags: readonly Tag[]): string {
  const under = listBranchIds(tags, tag.id).size - 1;
  const whole = under > 0 ? ` and ${formatCount(under, 'tag')} under it` : '';
  const marked = tag.branch_excerpt_count;
  const from = marked > 0 ? `taken off ${formatCount(marked, 'excerpt')}` : 'deleted';
  return `“${tag.name}”${whole} ${from}`;
}

function describeMove(tag: Tag, place: TagPlace, tags: readonly Tag[]): string {
  if (place.parent_id === tag.parent_id) return `“${tag.name}” moved`;
  const parent = tags.find((one) => one.id === place.parent_id);
  return parent
    ? `“${tag.name}” is under “${parent.name}” now`
    : `“${tag.name}” stands at the top now`;
}

export function useCodebook() {
  const { id } = useWorkspace();
  return useQuery({ queryKey: keys.codebook(id), queryFn: () => readCodebook(id) });
}

/** One offer at a time: an older one would stand there after it was taken another way. */
let closeOffer = () => {};

/** Undo and redo of what this person did to the codebook, and of one change that was just made. */
export function useCodebookHistory() {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const turn = async (done: string, act: () => Promise<{ change: { summary: string } }>) => {
    closeOffer();
    try {
      const { change } = await act();
      notifyDone(`${done}: ${change.summary}`);
    } catch (error) {
      notifyFailure('Nothing was changed', error);
    }
    await refresh();
  };
  return {
    undo: () => turn('Undone', () => undoInCodebook(id)),
    redo: () => turn('Done again', () => redoInCodebook(id)),
    /** Says what was done, and offers to take back this change whatever was done after it. */
    offerUndo: (message: string, changeId: string | undefined) => {
      if (!changeId) return;
      const onUndo = () => turn('Undone', () => undoChange(id, changeId));
      closeOffer();
      closeOffer = notifyWithUndo({ message, onUndo });
    },
  };
}

export function useTagChanges(tags: readonly Tag[]) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = useFreshEvidence();
  const { offerUndo } = useCodebookHistory();
  const attempt = async (fault: string, act: () => Promise<unknown>, done?: string) => {
    try {
      await act();
      if (done) offerUndo(done, (await readCodebook(id)).undo?.id);
    } catch (error) {
      notifyFailure(fault, error);
    }
    await refresh();
  };
  return {
    rename: async (tag: Tag, name: string) => {
      await updateTag(id, tag.id, { name });
      await refresh();
    },
    recolour: (tag: Tag, colour: string) =>
      attempt('The colour was not changed', () => updateTag(id, tag.id, { colour })),
    move: (tag: Tag, place: TagPlace) => {
      client.setQueryData<Tag[]>(keys.tags(id), (old) => old && withMoved(old, tag.id, place));
      return attempt(
        `“${tag.name}” was not moved`,
        () => moveTag(id, tag.id, place),
        describeMove(tag, place, tags),
      );
    },
    remove: (tag: Tag) =>
      attempt(
        `“${tag.name}” was not deleted`,
        () => deleteTag(id, tag.id),
        describeDeletion(tag, tags),
      ),
    tellApart: async (tag: Tag, other: Tag) => {
      const say = (isDifferent: boolean) =>
        attempt('This was not saved', () => tellTagsApart(id, tag.id, other.id, isDifferent));
      await say(true);
      notifyWithUndo({
        message: `“${tag.name}” and “${other.name}” are not suggested again`,
        onUndo: () => say(false),
      });
    },
    lock: (isLocked: boolean) =>
      attempt('The lock was not changed', () => lockCodebook(id, isLocked)),
  };
}

export type TagChanges = ReturnType<typeof useTagChanges>;
