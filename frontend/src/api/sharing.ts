/** Reels: excerpts in an order, to be played one after another. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const reelAt = (workspaceId: string, reelId: string) => ({
  path: { ...at(workspaceId), reel_id: reelId },
});

export const listReels = (workspaceId: string) =>
  server.reelsList({ path: at(workspaceId), query: { page_size: 200 } });

export const createReel = (workspaceId: string, reel: server.ReelInputRequest) =>
  server.reelsCreate({ path: at(workspaceId), body: reel });

export const readReel = (workspaceId: string, reelId: string) =>
  server.reelRead(reelAt(workspaceId, reelId));

export const updateReel = (
  workspaceId: string,
  reelId: string,
  changes: server.PatchedReelChangesRequest,
) => server.reelUpdate({ ...reelAt(workspaceId, reelId), body: changes });

export const deleteReel = (workspaceId: string, reelId: string) =>
  server.reelDelete(reelAt(workspaceId, reelId));

export const restoreReel = (workspaceId: string, reelId: string) =>
  server.reelRestore(reelAt(workspaceId, reelId));

/** Before the item with the id `before`, or at the end. */
export const addToReel = (
  workspaceId: string,
  reelId: string,
  excerptIds: string[],
  before?: string,
) =>
  server.reelAdd({
    ...reelAt(workspaceId, reelId),
    body: { excerpt_ids: excerptIds, before: before ?? null },
  });

export const removeFromReel = (workspaceId: string, reelId: string, itemIds: string[]) =>
  server.reelRemove({ ...reelAt(workspaceId, reelId), body: { item_ids: itemIds } });

export const orderReel = (workspaceId: string, reelId: string, itemIds: string[]) =>
  server.reelOrder({ ...reelAt(workspaceId, reelId), body: { item_ids: itemIds } });
