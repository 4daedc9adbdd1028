/** The versions of a source's text: listed, compared, and brought back. */

import * as server from './generated';

const transcriptAt = (workspaceId: string, transcriptId: string) => ({
  workspace_id: workspaceId,
  transcript_id: transcriptId,
});

/** Newest first. */
export const listVersions = async (workspaceId: string, sourceId: string) =>
  (await server.versionsList({ path: { workspace_id: workspaceId, source_id: sourceId } })).results;

/** The earlier of the two is `old`, whichever is named first. */
export const compareVersions = (workspaceId: string, transcriptId: string, otherId: string) =>
  server.versionsCompare({
    path: transcriptAt(workspaceId, transcriptId),
    query: { with: otherId },
  });

/** Also brings an earlier version back. */
export const makeCurrent = (workspaceId: string, transcriptId: string) =>
  server.versionMakeCurrent({ path: transcriptAt(workspaceId, transcriptId) });
