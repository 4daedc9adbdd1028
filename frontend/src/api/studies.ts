/** Studies, participants and sessions. */

import { request } from './request';
import type {
  Page,
  Participant,
  Session,
  SessionDetail,
  SessionKind,
  Source,
  Study,
} from './types';
import { workspaceUrl } from './workspaces';

export interface StudyDraft {
  title: string;
  description?: string;
  product_area?: string;
  questions?: string[];
}

export const listStudies = (workspaceId: string) =>
  request<Page<Study>>('GET', `${workspaceUrl(workspaceId)}/studies`, {
    query: { page_size: 200 },
  });

export const createStudy = (workspaceId: string, study: StudyDraft) =>
  request<Study>('POST', `${workspaceUrl(workspaceId)}/studies`, { body: study });

export const readStudy = (workspaceId: string, studyId: string) =>
  request<Study>('GET', `${workspaceUrl(workspaceId)}/studies/${studyId}`);

export const updateStudy = (workspaceId: string, studyId: string, changes: Partial<StudyDraft>) =>
  request<Study>('PATCH', `${workspaceUrl(workspaceId)}/studies/${studyId}`, { body: changes });

export const deleteStudy = (workspaceId: string, studyId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/studies/${studyId}`);

export const restoreStudy = (workspaceId: string, studyId: string) =>
  request<Study>('POST', `${workspaceUrl(workspaceId)}/studies/${studyId}/restore`);

export type ParticipantDraft = Pick<Participant, 'code_name'> &
  Partial<Pick<Participant, 'real_name' | 'attributes' | 'consent' | 'persona_id'>>;

export const listParticipants = (workspaceId: string, filters: { study?: string } = {}) =>
  request<Page<Participant>>('GET', `${workspaceUrl(workspaceId)}/participants`, {
    query: { ...filters, page_size: 200 },
  });

export const createParticipant = (workspaceId: string, participant: ParticipantDraft) =>
  request<Participant>('POST', `${workspaceUrl(workspaceId)}/participants`, { body: participant });

export const updateParticipant = (
  workspaceId: string,
  participantId: string,
  changes: Partial<ParticipantDraft>,
) =>
  request<Participant>('PATCH', `${workspaceUrl(workspaceId)}/participants/${participantId}`, {
    body: changes,
  });

export interface SessionDraft {
  study_id: string;
  kind: SessionKind;
  title: string;
  held_on?: string | null;
  language?: string;
  participant_ids?: string[];
}

export const listSessions = (
  workspaceId: string,
  filters: { study?: string; page?: number; page_size?: number } = {},
) =>
  request<Page<Session>>('GET', `${workspaceUrl(workspaceId)}/sessions`, { query: { ...filters } });

export const createSession = (workspaceId: string, session: SessionDraft) =>
  request<Session>('POST', `${workspaceUrl(workspaceId)}/sessions`, { body: session });

export const readSession = (workspaceId: string, sessionId: string) =>
  request<SessionDetail>('GET', `${workspaceUrl(workspaceId)}/sessions/${sessionId}`);

export const updateSession = (
  workspaceId: string,
  sessionId: string,
  changes: Partial<SessionDraft>,
) =>
  request<SessionDetail>('PATCH', `${workspaceUrl(workspaceId)}/sessions/${sessionId}`, {
    body: changes,
  });

export const deleteSession = (workspaceId: string, sessionId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/sessions/${sessionId}`);

export const restoreSession = (workspaceId: string, sessionId: string) =>
  request<Session>('POST', `${workspaceUrl(workspaceId)}/sessions/${sessionId}/restore`);

export const createTextSource = (
  workspaceId: string,
  sessionId: string,
  notes: { text: string; name: string },
) =>
  request<Source>('POST', `${workspaceUrl(workspaceId)}/sessions/${sessionId}/text`, {
    body: notes,
  });
