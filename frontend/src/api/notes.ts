/** Field notes: written in place as Markdown, kept as a source like any other. */

import { client } from './generated/client.gen';
import type { Source } from './types';

const JSON_HEADERS = { 'Content-Type': 'application/json' };

export interface Notes {
  title: string;
  /** Markdown, made of the passages and what they are. */
  text: string;
}

export const createNotes = (workspaceId: string, sessionId: string, notes: Notes) =>
  client.post<{ 201: Source }, unknown, true, 'data'>({
    url: '/api/workspaces/{workspace_id}/sessions/{session_id}/notes',
    path: { workspace_id: workspaceId, session_id: sessionId },
    body: notes,
    headers: JSON_HEADERS,
    responseStyle: 'data',
  });

export const readNotes = (workspaceId: string, sourceId: string) =>
  client.get<{ 200: Notes }, unknown, true, 'data'>({
    url: '/api/workspaces/{workspace_id}/sources/{source_id}/notes',
    path: { workspace_id: workspaceId, source_id: sourceId },
    responseStyle: 'data',
  });

/** Refused if the notes say something else by now than `expected_text`. */
export const writeNotes = (
  workspaceId: string,
  sourceId: string,
  notes: Partial<Notes> & { text: string; expected_text: string },
) =>
  client.put<
    { 200: { change: { id: string; summary: string } | null; transcript_id: string } },
    unknown,
    true,
    'data'
  >({
    url: '/api/workspaces/{workspace_id}/sources/{source_id}/notes',
    path: { workspace_id: workspaceId, source_id: sourceId },
    body: notes,
    headers: JSON_HEADERS,
    responseStyle: 'data',
  });
