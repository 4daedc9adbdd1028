/** Changes to a tag that need no dialog: its name, its colour, its deletion. */

import { deleteTag, restoreTag, type Tag, updateTag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { listBranchIds } from './tagTree';

/** "“Waiting” and 2 tags under it are gone from 12 excerpts". */
export function describeDeletion(tag: Tag, tags: readonly Tag[]): string {
  const branch = listBranchIds(tags, tag.id);
  const under = branch.size - 1;
  const marked = tags
    .filter((one) => branch.has(one.id))
    .reduce((sum, one) => sum + one.excerpt_count, 0);
  const whole = under > 0 ? ` and ${formatCount(under, 'tag')} under it` : '';
  const from = marked > 0 ? `taken off ${formatCount(marked, 'excerpt')}` : 'deleted';
  return `“${tag.name}”${whole} ${from}`;
}

export function useTagChanges(tags: readonly Tag[]) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const restore = async (tag: Tag) => {
    try {
      await restoreTag(id, tag.id);
    } catch (error) {
      notifyFailure(`“${tag.name}” could not be brought back`, error);
    }
    await refresh();
  };
  return {
    rename: async (tag: Tag, name: string) => {
      await updateTag(id, tag.id, { name });
      await refresh();
    },
    recolour: async (tag: Tag, colour: string) => {
      try {
        await updateTag(id, tag.id, { colour });
      } catch (error) {
        notifyFailure('The colour was not changed', error);
      }
      await refresh();
    },
    remove: async (tag: Tag) => {
      try {
        await deleteTag(id, tag.id);
        notifyWithUndo({
          message: describeDeletion(tag, tags),
          onUndo: () => restore(tag),
        });
      } catch (error) {
        notifyFailure(`“${tag.name}” was not deleted`, error);
      }
      await refresh();
    },
  };
}

export type TagChanges = ReturnType<typeof useTagChanges>;
