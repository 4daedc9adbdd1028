/** The codebook, excerpts and placings. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const tagAt = (workspaceId: string, tagId: string) => ({ ...at(workspaceId), tag_id: tagId });
const excerptAt = (workspaceId: string, excerptId: string) => ({
  ...at(workspaceId),
  excerpt_id: excerptId,
});
const placingAt = (workspaceId: string, placingId: string) => ({
  ...at(workspaceId),
  placing_id: placingId,
});

export const listTags = async (workspaceId: string): Promise<server.Tag[]> =>
  (await server.tagsList({ path: at(workspaceId) })).results;

export const createTag = (workspaceId: string, tag: server.TagInputRequest) =>
  server.tagsCreate({ path: at(workspaceId), body: tag });

export const updateTag = (
  workspaceId: string,
  tagId: string,
  changes: server.PatchedTagInputRequest,
) => server.tagUpdate({ path: tagAt(workspaceId, tagId), body: changes });

export const deleteTag = (workspaceId: string, tagId: string) =>
  server.tagDelete({ path: tagAt(workspaceId, tagId) });

/** Brings back a deleted tag, the tags under it, and all of them to their excerpts. */
export const restoreTag = (workspaceId: string, tagId: string) =>
  server.tagRestore({ path: tagAt(workspaceId, tagId) });

/** `tag` and `aspect` may be "none"; counts of people are over the whole list. */
export type ExcerptFilters = NonNullable<server.ExcerptsListData['query']>;

export const listExcerpts = (workspaceId: string, filters: ExcerptFilters = {}) =>
  server.excerptsList({ path: at(workspaceId), query: filters });

const EXCERPTS_A_PAGE = 200;

/** All excerpts of a list. */
export async function listEveryExcerpt(
  workspaceId: string,
  filters: ExcerptFilters,
): Promise<server.Excerpt[]> {
  const read = (page: number) =>
    listExcerpts(workspaceId, { ...filters, page, page_size: EXCERPTS_A_PAGE });
  const first = await read(1);
  const pageCount = Math.ceil(first.count / EXCERPTS_A_PAGE);
  const others = Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) => read(index + 2));
  const pages = [first, ...(await Promise.all(others))];
  // One that was marked meanwhile pushes others on to the next page.
  const all = pages.flatMap(({ results }) => results);
  return [...new Map(all.map((excerpt) => [excerpt.id, excerpt])).values()];
}

export const createExcerpt = (workspaceId: string, excerpt: server.ExcerptInputRequest) =>
  server.excerptsCreate({ path: at(workspaceId), body: excerpt });

export const updateExcerpt = (
  workspaceId: string,
  excerptId: string,
  changes: server.PatchedExcerptChangesRequest,
) => server.excerptUpdate({ path: excerptAt(workspaceId, excerptId), body: changes });

export const deleteExcerpt = (workspaceId: string, excerptId: string) =>
  server.excerptDelete({ path: excerptAt(workspaceId, excerptId) });

export const restoreExcerpt = (workspaceId: string, excerptId: string) =>
  server.excerptRestore({ path: excerptAt(workspaceId, excerptId) });

export const setExcerptTags = (workspaceId: string, excerptId: string, tagIds: string[]) =>
  server.excerptSetTags({
    path: excerptAt(workspaceId, excerptId),
    body: { tag_ids: tagIds },
  });

export const createPlacing = (
  workspaceId: string,
  excerptId: string,
  placing: server.PlacingInputRequest,
) => server.placingsCreate({ path: excerptAt(workspaceId, excerptId), body: placing });

export const updatePlacing = (
  workspaceId: string,
  placingId: string,
  changes: server.PatchedPlacingInputRequest,
) => server.placingUpdate({ path: placingAt(workspaceId, placingId), body: changes });

export const deletePlacing = (workspaceId: string, placingId: string) =>
  server.placingDelete({ path: placingAt(workspaceId, placingId) });
