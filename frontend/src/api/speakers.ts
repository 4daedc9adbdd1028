/** Who speaks: suggestions, corrections in bulk with undo, and how much each speaker says. */

import * as server from './generated';
import { client } from './generated/client.gen';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const url = (workspaceId: string, rest: string) => `/api/workspaces/${workspaceId}/${rest}`;

/** How far a change of speaker reaches: to the end of the turn, of the text, or the whole voice. */
export type SpeakerScope = 'segment' | 'turn' | 'onward' | 'voice';

export interface SpeakerChangeAnswer {
  change: { id: string; summary: string };
  segments: { id: string; speaker_id: string | null; is_speaker_suggested: boolean }[];
  speakers: server.Speaker[];
}

export interface SpeakerShare {
  /** Null: words that nobody is named for. */
  speaker_id: string | null;
  label: string;
  role: server.SpeakerRoleEnum;
  code_name: string | null;
  speech_ms: number;
  share: number;
  word_count: number;
  turn_count: number;
  longest_turn_ms: number;
}

export interface TalkShare {
  speech_ms: number;
  speakers: SpeakerShare[];
}

async function post<Answer>(address: string, body: object = {}): Promise<Answer> {
  const answer = await client.post({
    url: address,
    body,
    responseStyle: 'data',
    headers: { 'Content-Type': 'application/json' },
  });
  return answer as Answer;
}

export const updateSpeaker = (
  workspaceId: string,
  speakerId: string,
  changes: server.PatchedSpeakerInputRequest,
) =>
  server.speakerUpdate({
    path: { ...at(workspaceId), speaker_id: speakerId },
    body: changes,
  });

export const createSpeaker = (workspaceId: string, speaker: server.NewSpeakerInputRequest) =>
  server.speakersCreate({ path: at(workspaceId), body: speaker });

export const assignSpeaker = (
  workspaceId: string,
  transcriptId: string,
  assignment: { segment_id: string; scope: SpeakerScope; speaker_id: string | null },
) =>
  post<SpeakerChangeAnswer>(
    url(workspaceId, `transcripts/${transcriptId}/assign-speaker`),
    assignment,
  );

export const mergeSpeakers = (workspaceId: string, speakerId: string, intoSpeakerId: string) =>
  post<SpeakerChangeAnswer>(url(workspaceId, `speakers/${speakerId}/merge`), {
    into_speaker_id: intoSpeakerId,
  });

export const undoSpeakerChange = (workspaceId: string, changeId: string) =>
  post<SpeakerChangeAnswer>(url(workspaceId, `speaker-changes/${changeId}/undo`));

export const findSpeakers = (workspaceId: string, sourceId: string, expectedSpeakers?: number) =>
  post<server.Job>(
    url(workspaceId, `sources/${sourceId}/find-speakers`),
    expectedSpeakers ? { expected_speakers: expectedSpeakers } : {},
  );

export const readTalkShare = async (workspaceId: string, transcriptId: string) =>
  (await client.get({
    url: url(workspaceId, `transcripts/${transcriptId}/talk-share`),
    responseStyle: 'data',
  })) as unknown as TalkShare;
