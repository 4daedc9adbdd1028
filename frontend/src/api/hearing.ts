/** Whether somebody listened to an excerpt that rests on doubtful words. */

import type * as server from './generated';
import { client } from './generated/client.gen';

/** How it was found to be right: played to its end, or said so. */
export type HeardHow = 'played' | 'said';

const url = (workspaceId: string, excerptId: string) =>
  `/api/workspaces/${workspaceId}/excerpts/${excerptId}/heard`;

export const setHeard = async (workspaceId: string, excerptId: string, how: HeardHow) =>
  (await client.put({
    url: url(workspaceId, excerptId),
    body: { how },
    headers: { 'Content-Type': 'application/json' },
    responseStyle: 'data',
  })) as unknown as server.Excerpt;

export const clearHeard = async (workspaceId: string, excerptId: string) =>
  (await client.delete({
    url: url(workspaceId, excerptId),
    responseStyle: 'data',
  })) as unknown as server.Excerpt;
