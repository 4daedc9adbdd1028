/** What a session left behind: recordings, transcripts, speakers, uploads. */

import * as server from './generated';
import { workspaceUrl } from './workspaces';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });

/** The playback file of a source; answers Range requests. */
export const mediaUrl = (workspaceId: string, sourceId: string) =>
  `${workspaceUrl(workspaceId)}/sources/${sourceId}/media`;

/** A transcript as a file to take away. */
export const exportUrl = (workspaceId: string, transcriptId: string, format: string) =>
  `${workspaceUrl(workspaceId)}/transcripts/${transcriptId}/export?format=${format}`;

/** Where uploads into a session begin (tus 1.0). */
export const uploadsUrl = (workspaceId: string, sessionId: string) =>
  `${workspaceUrl(workspaceId)}/sessions/${sessionId}/uploads`;

/** Where an upload that was begun goes on. */
export const uploadUrl = (workspaceId: string, uploadId: string) =>
  `${workspaceUrl(workspaceId)}/uploads/${uploadId}`;

export const deleteUpload = (workspaceId: string, uploadId: string) =>
  server.uploadDelete({
    path: { ...at(workspaceId), upload_id: uploadId },
    headers: { 'Tus-Resumable': '1.0.0' },
  });

export const readPeaks = (workspaceId: string, sourceId: string) =>
  server.sourcePeaks({ path: { ...at(workspaceId), source_id: sourceId } });

export const transcribeAgain = (
  workspaceId: string,
  sourceId: string,
  settings: server.TranscribeInputRequest = {},
) =>
  server.sourceTranscribe({
    path: { ...at(workspaceId), source_id: sourceId },
    body: settings,
  });

export const updateSegment = (
  workspaceId: string,
  segmentId: string,
  changes: server.PatchedSegmentSpeakerRequest,
) =>
  server.segmentUpdate({
    path: { ...at(workspaceId), segment_id: segmentId },
    body: changes,
  });

export const correctWord = (workspaceId: string, segmentId: string, wordId: number, text: string) =>
  server.wordCorrect({
    path: { ...at(workspaceId), segment_id: segmentId, word_id: wordId },
    body: { text },
  });
