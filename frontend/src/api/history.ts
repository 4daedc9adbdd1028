/** Who changed what in a session: what is new, undoing and doing again. */

import * as server from './generated';

const sessionAt = (workspaceId: string, sessionId: string) => ({
  workspace_id: workspaceId,
  session_id: sessionId,
});
const changeAt = (workspaceId: string, changeId: string) => ({
  workspace_id: workspaceId,
  change_id: changeId,
});

/** What is new since `after`; without it, only how far the history has come. */
export const readNews = (workspaceId: string, sessionId: string, after?: number) =>
  server.sessionChanges({ path: sessionAt(workspaceId, sessionId), query: { after } });

/** The answers to these four tell also what else is new since `after`. */
export const undoLatest = (workspaceId: string, sessionId: string, after?: number) =>
  server.sessionUndo({ path: sessionAt(workspaceId, sessionId), query: { after } });

export const redoLatest = (workspaceId: string, sessionId: string, after?: number) =>
  server.sessionRedo({ path: sessionAt(workspaceId, sessionId), query: { after } });

export const undoChange = (workspaceId: string, changeId: string, after?: number) =>
  server.changeUndo({ path: changeAt(workspaceId, changeId), query: { after } });

export const redoChange = (workspaceId: string, changeId: string, after?: number) =>
  server.changeRedo({ path: changeAt(workspaceId, changeId), query: { after } });

/** A page of a session's history, the newest first. */
export const listChanges = (workspaceId: string, sessionId: string, page: number) =>
  server.changesList({
    path: { workspace_id: workspaceId },
    query: { session: sessionId, page, page_size: 50 },
  });
