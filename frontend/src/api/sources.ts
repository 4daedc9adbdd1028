/** What a session left behind: recordings, transcripts, speakers, uploads. */

import { request } from './request';
import type { Job, Peaks, Segment, Speaker, SpeakerRole, Transcript } from './types';
import { workspaceUrl } from './workspaces';

/** The playback file of a source; answers Range requests. */
export const mediaUrl = (workspaceId: string, sourceId: string) =>
  `${workspaceUrl(workspaceId)}/sources/${sourceId}/media`;

export const uploadsUrl = (workspaceId: string, sessionId: string) =>
  `${workspaceUrl(workspaceId)}/sessions/${sessionId}/uploads`;

export const uploadUrl = (workspaceId: string, uploadId: string) =>
  `${workspaceUrl(workspaceId)}/uploads/${uploadId}`;

export const deleteUpload = (workspaceId: string, uploadId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/uploads/${uploadId}`);

export const readPeaks = (workspaceId: string, sourceId: string) =>
  request<Peaks>('GET', `${workspaceUrl(workspaceId)}/sources/${sourceId}/peaks`);

export const transcribeAgain = (
  workspaceId: string,
  sourceId: string,
  settings: { model?: string; language?: string } = {},
) =>
  request<Job>('POST', `${workspaceUrl(workspaceId)}/sources/${sourceId}/transcribe`, {
    body: settings,
  });

export const readTranscript = (
  workspaceId: string,
  transcriptId: string,
  filters: { after_position?: number } = {},
) =>
  request<Transcript>('GET', `${workspaceUrl(workspaceId)}/transcripts/${transcriptId}`, {
    query: filters,
  });

export const updateSpeaker = (
  workspaceId: string,
  speakerId: string,
  changes: { label?: string; role?: SpeakerRole; participant_id?: string | null },
) =>
  request<Speaker>('PATCH', `${workspaceUrl(workspaceId)}/speakers/${speakerId}`, {
    body: changes,
  });

export const createSpeaker = (
  workspaceId: string,
  speaker: { source_id: string; label: string; role: SpeakerRole },
) => request<Speaker>('POST', `${workspaceUrl(workspaceId)}/speakers`, { body: speaker });

export const updateSegment = (
  workspaceId: string,
  segmentId: string,
  changes: { speaker_id: string | null },
) =>
  request<Segment>('PATCH', `${workspaceUrl(workspaceId)}/segments/${segmentId}`, {
    body: changes,
  });

export const correctWord = (workspaceId: string, segmentId: string, wordId: number, text: string) =>
  request<Segment>('POST', `${workspaceUrl(workspaceId)}/segments/${segmentId}/words/${wordId}`, {
    body: { text },
  });
