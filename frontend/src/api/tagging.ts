/** The codebook, excerpts and placings. */

import { request } from './request';
import type { Excerpt, ExcerptPage, NewExcerpt, NewPlacing, Tag } from './types';
import { workspaceUrl } from './workspaces';

export const listTags = async (workspaceId: string): Promise<Tag[]> =>
  (await request<{ results: Tag[] }>('GET', `${workspaceUrl(workspaceId)}/tags`)).results;

export type TagDraft = Pick<Tag, 'name'> &
  Partial<Pick<Tag, 'description' | 'colour' | 'parent_id' | 'position'>>;

export const createTag = (workspaceId: string, tag: TagDraft) =>
  request<Tag>('POST', `${workspaceUrl(workspaceId)}/tags`, { body: tag });

export const updateTag = (workspaceId: string, tagId: string, changes: Partial<TagDraft>) =>
  request<Tag>('PATCH', `${workspaceUrl(workspaceId)}/tags/${tagId}`, { body: changes });

export const deleteTag = (workspaceId: string, tagId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/tags/${tagId}`);

/** Brings back a deleted tag, the tags under it, and all of them to their excerpts. */
export const restoreTag = (workspaceId: string, tagId: string) =>
  request<Tag>('POST', `${workspaceUrl(workspaceId)}/tags/${tagId}/restore`);

export interface ExcerptFilters {
  session?: string;
  study?: string;
  persona?: string;
  quadrant?: string;
  aspect?: string;
  /** A tag's id, or "none" for excerpts without a tag. */
  tag?: string;
  participant?: string;
  q?: string;
  page?: number;
  page_size?: number;
}

export const listExcerpts = (workspaceId: string, filters: ExcerptFilters = {}) =>
  request<ExcerptPage>('GET', `${workspaceUrl(workspaceId)}/excerpts`, { query: { ...filters } });

/** All excerpts of a list, page after page. */
export async function listEveryExcerpt(
  workspaceId: string,
  filters: ExcerptFilters,
): Promise<Excerpt[]> {
  const all: Excerpt[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await listExcerpts(workspaceId, { ...filters, page, page_size: 200 });
    all.push(...answer.results);
    if (!answer.next) return all;
  }
}

export const createExcerpt = (workspaceId: string, excerpt: NewExcerpt) =>
  request<Excerpt>('POST', `${workspaceUrl(workspaceId)}/excerpts`, { body: excerpt });

export const updateExcerpt = (
  workspaceId: string,
  excerptId: string,
  changes: Partial<Pick<Excerpt, 'is_key_quote' | 'first_word_id' | 'last_word_id'>>,
) =>
  request<Excerpt>('PATCH', `${workspaceUrl(workspaceId)}/excerpts/${excerptId}`, {
    body: changes,
  });

export const deleteExcerpt = (workspaceId: string, excerptId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/excerpts/${excerptId}`);

export const restoreExcerpt = (workspaceId: string, excerptId: string) =>
  request<Excerpt>('POST', `${workspaceUrl(workspaceId)}/excerpts/${excerptId}/restore`);

export const setExcerptTags = (workspaceId: string, excerptId: string, tagIds: string[]) =>
  request<Excerpt>('PUT', `${workspaceUrl(workspaceId)}/excerpts/${excerptId}/tags`, {
    body: { tag_ids: tagIds },
  });

export const createPlacing = (workspaceId: string, excerptId: string, placing: NewPlacing) =>
  request<Excerpt>('POST', `${workspaceUrl(workspaceId)}/excerpts/${excerptId}/placings`, {
    body: placing,
  });

export const updatePlacing = (
  workspaceId: string,
  placingId: string,
  changes: Partial<NewPlacing>,
) =>
  request<Excerpt>('PATCH', `${workspaceUrl(workspaceId)}/placings/${placingId}`, {
    body: changes,
  });

export const deletePlacing = (workspaceId: string, placingId: string) =>
  request<Excerpt>('DELETE', `${workspaceUrl(workspaceId)}/placings/${placingId}`);
