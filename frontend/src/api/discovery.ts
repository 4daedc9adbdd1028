/** Search over everything that was heard. */

import { request } from './request';
import type { SearchAnswer } from './types';
import { workspaceUrl } from './workspaces';

export interface SearchQuery {
  q?: string;
  kind?: string[];
  quadrant?: string[];
  aspect?: string[];
  persona?: string[];
  study?: string[];
  tag?: string[];
  session_kind?: string[];
  /** `name=value` pairs, such as `books_by=phone`. */
  attribute?: string[];
  key_quote?: boolean;
  offset?: number;
  limit?: number;
}

export const search = (workspaceId: string, query: SearchQuery, signal?: AbortSignal) =>
  request<SearchAnswer>('GET', `${workspaceUrl(workspaceId)}/search`, {
    query: { ...query },
    signal,
  });
