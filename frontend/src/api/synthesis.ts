/** Personas with their claims and maps, and insights with their evidence. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const personaAt = (workspaceId: string, personaId: string) => ({
  ...at(workspaceId),
  persona_id: personaId,
});
const claimAt = (workspaceId: string, claimId: string) => ({
  ...at(workspaceId),
  claim_id: claimId,
});
const insightAt = (workspaceId: string, insightId: string) => ({
  ...at(workspaceId),
  insight_id: insightId,
});
const evidenceAt = (workspaceId: string, evidenceId: string) => ({
  ...at(workspaceId),
  evidence_id: evidenceId,
});

export const listPersonas = (workspaceId: string) =>
  server.personasList({ path: at(workspaceId), query: { page_size: 200 } });

export const createPersona = (workspaceId: string, persona: server.PersonaInputRequest) =>
  server.personasCreate({ path: at(workspaceId), body: persona });

export const readPersona = (workspaceId: string, personaId: string) =>
  server.personaRead({ path: personaAt(workspaceId, personaId) });

export const updatePersona = (
  workspaceId: string,
  personaId: string,
  changes: server.PatchedPersonaInputRequest,
) => server.personaUpdate({ path: personaAt(workspaceId, personaId), body: changes });

export const deletePersona = (workspaceId: string, personaId: string) =>
  server.personaDelete({ path: personaAt(workspaceId, personaId) });

export const restorePersona = (workspaceId: string, personaId: string) =>
  server.personaRestore({ path: personaAt(workspaceId, personaId) });

export const setPersonaPicture = (workspaceId: string, personaId: string, picture: File) =>
  server.personaSetPicture({ path: personaAt(workspaceId, personaId), body: { picture } });

export const readEmpathyMap = (
  workspaceId: string,
  personaId: string,
  filters: { study?: string } = {},
) => server.personaMap({ path: personaAt(workspaceId, personaId), query: filters });

export const createClaim = (
  workspaceId: string,
  personaId: string,
  claim: server.ClaimInputRequest,
) => server.claimsCreate({ path: personaAt(workspaceId, personaId), body: claim });

export const updateClaim = (
  workspaceId: string,
  claimId: string,
  changes: server.PatchedClaimChangesRequest,
) => server.claimUpdate({ path: claimAt(workspaceId, claimId), body: changes });

export const deleteClaim = (workspaceId: string, claimId: string) =>
  server.claimDelete({ path: claimAt(workspaceId, claimId) });

export const listInsights = (
  workspaceId: string,
  filters: { persona?: string; status?: server.InsightStatusEnum } = {},
) => server.insightsList({ path: at(workspaceId), query: { ...filters, page_size: 200 } });

export const createInsight = (workspaceId: string, insight: server.InsightInputRequest) =>
  server.insightsCreate({ path: at(workspaceId), body: insight });

export const readInsight = (workspaceId: string, insightId: string) =>
  server.insightRead({ path: insightAt(workspaceId, insightId) });

export const updateInsight = (
  workspaceId: string,
  insightId: string,
  changes: server.PatchedInsightChangesRequest,
) => server.insightUpdate({ path: insightAt(workspaceId, insightId), body: changes });

export const deleteInsight = (workspaceId: string, insightId: string) =>
  server.insightDelete({ path: insightAt(workspaceId, insightId) });

export const restoreInsight = (workspaceId: string, insightId: string) =>
  server.insightRestore({ path: insightAt(workspaceId, insightId) });

export const addEvidence = (
  workspaceId: string,
  insightId: string,
  evidence: server.EvidenceInputRequest,
) => server.evidenceCreate({ path: insightAt(workspaceId, insightId), body: evidence });

export const updateEvidence = (
  workspaceId: string,
  evidenceId: string,
  changes: server.PatchedEvidenceChangesRequest,
) => server.evidenceUpdate({ path: evidenceAt(workspaceId, evidenceId), body: changes });

export const deleteEvidence = (workspaceId: string, evidenceId: string) =>
  server.evidenceDelete({ path: evidenceAt(workspaceId, evidenceId) });

export const setInsightPersonas = (workspaceId: string, insightId: string, personaIds: string[]) =>
  server.insightSetPersonas({
    path: insightAt(workspaceId, insightId),
    body: { persona_ids: personaIds },
  });
