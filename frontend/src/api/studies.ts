/** Studies, participants and sessions. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const study = (workspaceId: string, studyId: string) => ({
  ...at(workspaceId),
  study_id: studyId,
});
const session = (workspaceId: string, sessionId: string) => ({
  ...at(workspaceId),
  session_id: sessionId,
});

export const listStudies = (workspaceId: string) =>
  server.studiesList({ path: at(workspaceId), query: { page_size: 200 } });

export const createStudy = (workspaceId: string, draft: server.StudyInputRequest) =>
  server.studiesCreate({ path: at(workspaceId), body: draft });

export const readStudy = (workspaceId: string, studyId: string) =>
  server.studyRead({ path: study(workspaceId, studyId) });

export const updateStudy = (
  workspaceId: string,
  studyId: string,
  changes: server.PatchedStudyInputRequest,
) => server.studyUpdate({ path: study(workspaceId, studyId), body: changes });

export const deleteStudy = (workspaceId: string, studyId: string) =>
  server.studyDelete({ path: study(workspaceId, studyId) });

export const restoreStudy = (workspaceId: string, studyId: string) =>
  server.studyRestore({ path: study(workspaceId, studyId) });

export const listParticipants = (workspaceId: string, filters: { study?: string } = {}) =>
  server.participantsList({ path: at(workspaceId), query: { ...filters, page_size: 200 } });

export const createParticipant = (
  workspaceId: string,
  participant: server.ParticipantInputRequest,
) => server.participantsCreate({ path: at(workspaceId), body: participant });

export const setParticipantConsent = (
  workspaceId: string,
  participantId: string,
  consent: server.Participant['consent'],
) =>
  server.participantUpdate({
    path: { workspace_id: workspaceId, participant_id: participantId },
    body: { consent },
  });

export const setParticipantPersona = (
  workspaceId: string,
  participantId: string,
  personaId: string | null,
) =>
  server.participantSetPersona({
    path: { ...at(workspaceId), participant_id: participantId },
    body: { persona_id: personaId },
  });

export const listSessions = (
  workspaceId: string,
  filters: { study?: string; page?: number; page_size?: number } = {},
) => server.sessionsList({ path: at(workspaceId), query: filters });

export const createSession = (workspaceId: string, draft: server.SessionInputRequest) =>
  server.sessionsCreate({ path: at(workspaceId), body: draft });

export const readSession = (workspaceId: string, sessionId: string) =>
  server.sessionRead({ path: session(workspaceId, sessionId) });

export const updateSession = (
  workspaceId: string,
  sessionId: string,
  changes: server.PatchedSessionInputRequest,
) => server.sessionUpdate({ path: session(workspaceId, sessionId), body: changes });

export const deleteSession = (workspaceId: string, sessionId: string) =>
  server.sessionDelete({ path: session(workspaceId, sessionId) });

export const restoreSession = (workspaceId: string, sessionId: string) =>
  server.sessionRestore({ path: session(workspaceId, sessionId) });

export const createTextSource = (
  workspaceId: string,
  sessionId: string,
  notes: server.TextInputRequest,
) => server.sessionAddText({ path: session(workspaceId, sessionId), body: notes });
