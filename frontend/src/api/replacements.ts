/** Putting a misheard word right everywhere in a transcript. */

import * as server from './generated';

const transcript = (workspaceId: string, transcriptId: string) => ({
  workspace_id: workspaceId,
  transcript_id: transcriptId,
});

export const previewReplacement = (
  workspaceId: string,
  transcriptId: string,
  query: server.ReplacementInputRequest,
) => server.transcriptReplacePreview({ path: transcript(workspaceId, transcriptId), body: query });

export const replaceWords = (
  workspaceId: string,
  transcriptId: string,
  replacement: server.ReplaceInputRequest,
) => server.transcriptReplace({ path: transcript(workspaceId, transcriptId), body: replacement });
