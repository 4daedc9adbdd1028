/** Whether somebody listened to an excerpt that rests on doubtful words. */

import * as server from './generated';

/** How it was found to be right: played to its end, or said so. */
export type HeardHow = 'played' | 'said';

const at = (workspaceId: string, excerptId: string) => ({
  workspace_id: workspaceId,
  excerpt_id: excerptId,
});

export const setHeard = (workspaceId: string, excerptId: string, how: HeardHow) =>
  server.excerptMarkHeard({ path: at(workspaceId, excerptId), body: { how } });

export const clearHeard = (workspaceId: string, excerptId: string) =>
  server.excerptUnmarkHeard({ path: at(workspaceId, excerptId) });
