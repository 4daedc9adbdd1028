/** Field notes: written in place as Markdown, kept as a source like any other. */

import * as server from './generated';

export interface Notes {
  title: string;
  /** Markdown, made of the passages and what they are. */
  text: string;
}

const sourceAt = (workspaceId: string, sourceId: string) => ({
  workspace_id: workspaceId,
  source_id: sourceId,
});

export const createNotes = (workspaceId: string, sessionId: string, notes: Notes) =>
  server.notesCreate({
    path: { workspace_id: workspaceId, session_id: sessionId },
    body: notes,
  });

export const readNotes = async (workspaceId: string, sourceId: string): Promise<Notes> => {
  const { title = '', text } = await server.notesRead({ path: sourceAt(workspaceId, sourceId) });
  return { title, text };
};

/** Refused if the notes say something else by now than `expected_text`. */
export const writeNotes = (
  workspaceId: string,
  sourceId: string,
  notes: server.NotesInputRequest,
) => server.notesWrite({ path: sourceAt(workspaceId, sourceId), body: notes });
