/** Search over everything that was heard. */

import * as server from './generated';

type Query = NonNullable<server.SearchData['query']>;

/**
 * What is asked of search; lists mean "or", and `attribute` holds `name=value` pairs. Choices come
 * from the page's address as plain strings; the server refuses those it doesn't know.
 */
export type SearchQuery = {
  [Name in keyof Query]: NonNullable<Query[Name]> extends string[] ? string[] : Query[Name];
};

export const search = (workspaceId: string, query: SearchQuery, signal?: AbortSignal) =>
  server.search({ path: { workspace_id: workspaceId }, query: query as Query, signal });
