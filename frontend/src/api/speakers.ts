/** Who speaks: suggestions, corrections in bulk, and how much each speaker says. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const transcript = (workspaceId: string, transcriptId: string) => ({
  ...at(workspaceId),
  transcript_id: transcriptId,
});
const speaker = (workspaceId: string, speakerId: string) => ({
  ...at(workspaceId),
  speaker_id: speakerId,
});

export const updateSpeaker = (
  workspaceId: string,
  speakerId: string,
  changes: server.PatchedSpeakerInputRequest,
) => server.speakerUpdate({ path: speaker(workspaceId, speakerId), body: changes });

export const createSpeaker = (workspaceId: string, draft: server.NewSpeakerInputRequest) =>
  server.speakersCreate({ path: at(workspaceId), body: draft });

/** Says who speaks in a passage, and as far from it as the scope reaches. */
export const assignSpeaker = (
  workspaceId: string,
  transcriptId: string,
  assignment: server.AssignSpeakerInputRequest,
) =>
  server.transcriptAssignSpeaker({ path: transcript(workspaceId, transcriptId), body: assignment });

export const mergeSpeakers = (workspaceId: string, speakerId: string, intoSpeakerId: string) =>
  server.speakerMerge({
    path: speaker(workspaceId, speakerId),
    body: { into_speaker_id: intoSpeakerId },
  });

export const findSpeakers = (workspaceId: string, sourceId: string, expectedSpeakers?: number) =>
  server.sourceFindSpeakers({
    path: { ...at(workspaceId), source_id: sourceId },
    body: expectedSpeakers ? { expected_speakers: expectedSpeakers } : {},
  });

export const readTalkShare = (workspaceId: string, transcriptId: string) =>
  server.transcriptTalkShare({ path: transcript(workspaceId, transcriptId) });
