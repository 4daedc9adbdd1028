/** The text of passages, changed in place; excerpts follow on the server. */

import * as server from './generated';

/** What stands in the transcript after a change, and how to take it back. */
export type TextAnswer = server.TextEdit;

const at = (workspaceId: string, segmentId: string) => ({
  workspace_id: workspaceId,
  segment_id: segmentId,
});

/** Writes a passage anew; without words it is deleted. Refused if it says something else by now. */
export const writeSegment = (
  workspaceId: string,
  segmentId: string,
  body: server.SegmentTextInputRequest,
) => server.segmentEditText({ path: at(workspaceId, segmentId), body });

/** The words from this one on become a passage of their own. */
export const splitSegment = (
  workspaceId: string,
  segmentId: string,
  body: server.SplitInputRequest,
) => server.segmentSplit({ path: at(workspaceId, segmentId), body });

/** Joins a passage with the next; the speaker of the first stays. */
export const joinSegment = (
  workspaceId: string,
  segmentId: string,
  body: server.JoinInputRequest = {},
) => server.segmentJoin({ path: at(workspaceId, segmentId), body });

/** A passage begins with this word, of its own or of the passage before. */
export const moveBoundary = (
  workspaceId: string,
  segmentId: string,
  body: server.BoundaryInputRequest,
) => server.segmentMoveBoundary({ path: at(workspaceId, segmentId), body });
