/** The text of passages, changed in place; excerpts follow on the server. */

import { client } from './generated/client.gen';
import type { Segment } from './types';

/** What stands in the transcript after a change, and how to take it back. */
export interface TextAnswer {
  /** Null where nothing was changed. */
  change: { id: string; summary: string } | null;
  segments: Segment[];
  deleted_segment_ids: string[];
}

type Answers = { 200: TextAnswer };

const at = (workspaceId: string, segmentId: string) => ({
  path: { workspace_id: workspaceId, segment_id: segmentId },
  headers: { 'Content-Type': 'application/json' },
  responseStyle: 'data' as const,
});
const FRONT = '/api/workspaces/{workspace_id}/segments/{segment_id}';

/** Writes a passage anew; without words it is deleted. Refused if it says something else by now. */
export const writeSegment = (
  workspaceId: string,
  segmentId: string,
  body: { text: string; expected_text: string },
) =>
  client.put<Answers, unknown, true, 'data'>({
    url: `${FRONT}/text`,
    body,
    ...at(workspaceId, segmentId),
  });

/** The words from this one on become a passage of their own. */
export const splitSegment = (
  workspaceId: string,
  segmentId: string,
  body: { word_id: number; speaker_id?: string | null },
) =>
  client.post<Answers, unknown, true, 'data'>({
    url: `${FRONT}/split`,
    body,
    ...at(workspaceId, segmentId),
  });

/** Joins a passage with the next; the speaker of the first stays. */
export const joinSegment = (
  workspaceId: string,
  segmentId: string,
  body: { expected_text?: string } = {},
) =>
  client.post<Answers, unknown, true, 'data'>({
    url: `${FRONT}/join`,
    body,
    ...at(workspaceId, segmentId),
  });

/** A passage begins with this word, of its own or of the passage before. */
export const moveBoundary = (workspaceId: string, segmentId: string, body: { word_id: number }) =>
  client.post<Answers, unknown, true, 'data'>({
    url: `${FRONT}/boundary`,
    body,
    ...at(workspaceId, segmentId),
  });

/** Takes back one change, whoever made it. */
export const undoTextEdit = (workspaceId: string, changeId: string) =>
  client.post<{ 200: Omit<TextAnswer, 'change'> }, unknown, true, 'data'>({
    url: '/api/workspaces/{workspace_id}/changes/{change_id}/undo',
    path: { workspace_id: workspaceId, change_id: changeId },
    responseStyle: 'data',
  });
