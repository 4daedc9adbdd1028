/** The codebook as a whole: its order, merging, its lock, look-alikes, undoing, files. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const tagAt = (workspaceId: string, tagId: string) => ({ ...at(workspaceId), tag_id: tagId });

/** Whether it is locked, what this person may do with it, and what they may undo. */
export const readCodebook = (workspaceId: string) => server.codebookRead({ path: at(workspaceId) });

export const lockCodebook = (workspaceId: string, isLocked: boolean) =>
  server.codebookLock({ path: at(workspaceId), body: { is_locked: isLocked } });

export const undoInCodebook = (workspaceId: string) =>
  server.codebookUndo({ path: at(workspaceId) });

export const redoInCodebook = (workspaceId: string) =>
  server.codebookRedo({ path: at(workspaceId) });

/** Where a tag goes: `position` counts its siblings there, without itself, from 0. */
export type TagPlace = server.TagMoveRequest;

export const moveTag = (workspaceId: string, tagId: string, place: TagPlace) =>
  server.tagMove({ path: tagAt(workspaceId, tagId), body: place });

export const previewMerge = (workspaceId: string, tagId: string, intoId: string) =>
  server.tagMergePreview({ path: tagAt(workspaceId, tagId), body: { into_id: intoId } });

export const mergeTag = (workspaceId: string, tagId: string, intoId: string) =>
  server.tagMerge({ path: tagAt(workspaceId, tagId), body: { into_id: intoId } });

export const listNearDuplicates = (workspaceId: string) =>
  server.tagsNearDuplicates({ path: at(workspaceId) });

/** Suggests the two as look-alikes never again, or again. */
export const tellTagsApart = (
  workspaceId: string,
  tagId: string,
  otherId: string,
  isDifferent: boolean,
) =>
  server.tagDifferentFrom({
    path: tagAt(workspaceId, tagId),
    body: { other_id: otherId, is_different: isDifferent },
  });

export const importCodebook = (workspaceId: string, file: File, isPreview: boolean) =>
  server.codebookImport({
    path: at(workspaceId),
    body: { file },
    query: { preview: isPreview },
  });

export const codebookUrl = (workspaceId: string, format: 'csv' | 'qdc') =>
  `/api/workspaces/${workspaceId}/codebook/export?format=${format}`;
