/** Changing one reel: its texts, its order, and what is in it. */

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import {
  addToReel,
  deleteReel,
  type Excerpt,
  keys,
  orderReel,
  type ReelDetail,
  type ReelItem,
  removeFromReel,
  restoreReel,
  updateReel,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { notifyFailure, notifyWithUndo } from '@/ui';

/** The items with one of them at another place. */
export function moveItem<Row extends { id: string }>(
  items: readonly Row[],
  itemId: string,
  toIndex: number,
): Row[] {
  const moved = items.find(({ id }) => id === itemId);
  if (!moved) return [...items];
  const others = items.filter(({ id }) => id !== itemId);
  return others.toSpliced(Math.max(0, Math.min(toIndex, others.length)), 0, moved);
}

/** `write` throws, for fields that stay open; the others say themselves what went wrong. */
export function useReelChanges(reel: ReelDetail) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = keys.reel(id, reel.id);
  const show = (answer: ReelDetail) => {
    client.setQueryData(key, answer);
    void client.invalidateQueries({ queryKey: keys.reels(id), exact: true });
  };
  const tell = async (failure: string, answer: Promise<ReelDetail>) => {
    try {
      show(await answer);
      return true;
    } catch (error) {
      notifyFailure(failure, error);
      void client.invalidateQueries({ queryKey: key });
      return false;
    }
  };
  const putBack = (item: ReelItem, before: string | undefined) =>
    tell(
      'The excerpt was not put back.',
      addToReel(id, reel.id, [item.excerpt.id], before).then((answer) => answer.reel),
    );
  const restore = async () => {
    try {
      await restoreReel(id, reel.id);
      await client.invalidateQueries({ queryKey: keys.reels(id) });
      await navigate(paths.reel(id, reel.id));
    } catch (error) {
      notifyFailure('The reel could not be brought back.', error);
    }
  };
  return {
    write: async (texts: { title?: string; description?: string }) =>
      show(await updateReel(id, reel.id, texts)),
    /** Shown at once; put right if it could not be saved. */
    move: (itemId: string, toIndex: number) => {
      const items = moveItem(reel.items, itemId, toIndex);
      client.setQueryData<ReelDetail>(key, { ...reel, items });
      const order = items.map((item) => item.id);
      return tell('The order was not changed.', orderReel(id, reel.id, order));
    },
    add: (excerpt: Excerpt) =>
      tell(
        'The excerpt was not added.',
        addToReel(id, reel.id, [excerpt.id]).then((answer) => answer.reel),
      ),
    remove: async (item: ReelItem) => {
      const index = reel.items.indexOf(item);
      const before = reel.items[index + 1]?.id;
      const isGone = await tell(
        'The excerpt was not taken out.',
        removeFromReel(id, reel.id, [item.id]),
      );
      if (!isGone) return;
      notifyWithUndo({
        message: 'Excerpt taken out of the reel.',
        onUndo: () => putBack(item, before),
      });
    },
    delete: async () => {
      try {
        await deleteReel(id, reel.id);
      } catch (error) {
        notifyFailure('The reel was not deleted.', error);
        return;
      }
      await navigate(paths.reels(id));
      client.removeQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: keys.reels(id), exact: true });
      notifyWithUndo({ message: 'Reel deleted.', onUndo: restore });
    },
  };
}

export type ReelChanges = ReturnType<typeof useReelChanges>;
