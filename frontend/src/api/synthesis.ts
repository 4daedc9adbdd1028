/** Personas with their claims and maps, and insights with their evidence. */

import { request } from './request';
import type {
  Claim,
  EmpathyMap,
  InsightDetail,
  InsightRow,
  InsightStatus,
  NewInsight,
  Page,
  Persona,
  PersonaDetail,
  Stance,
  StorySection,
} from './types';
import { workspaceUrl } from './workspaces';

export const listPersonas = (workspaceId: string) =>
  request<Page<Persona>>('GET', `${workspaceUrl(workspaceId)}/personas`, {
    query: { page_size: 200 },
  });

export const createPersona = (workspaceId: string, persona: { name: string; summary?: string }) =>
  request<PersonaDetail>('POST', `${workspaceUrl(workspaceId)}/personas`, { body: persona });

export const readPersona = (workspaceId: string, personaId: string) =>
  request<PersonaDetail>('GET', `${workspaceUrl(workspaceId)}/personas/${personaId}`);

export const updatePersona = (
  workspaceId: string,
  personaId: string,
  changes: { name?: string; summary?: string },
) =>
  request<PersonaDetail>('PATCH', `${workspaceUrl(workspaceId)}/personas/${personaId}`, {
    body: changes,
  });

export const deletePersona = (workspaceId: string, personaId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/personas/${personaId}`);

export const setPersonaPicture = (workspaceId: string, personaId: string, picture: File) => {
  const body = new FormData();
  body.append('picture', picture);
  return request<Persona>('PUT', `${workspaceUrl(workspaceId)}/personas/${personaId}/picture`, {
    body,
  });
};

export const readEmpathyMap = (
  workspaceId: string,
  personaId: string,
  filters: { study?: string } = {},
) =>
  request<EmpathyMap>('GET', `${workspaceUrl(workspaceId)}/personas/${personaId}/map`, {
    query: filters,
  });

export const createClaim = (
  workspaceId: string,
  personaId: string,
  claim: { section: StorySection; text: string; excerpt_ids?: string[] },
) =>
  request<Claim>('POST', `${workspaceUrl(workspaceId)}/personas/${personaId}/claims`, {
    body: claim,
  });

export const updateClaim = (
  workspaceId: string,
  claimId: string,
  changes: { text?: string; excerpt_ids?: string[] },
) => request<Claim>('PATCH', `${workspaceUrl(workspaceId)}/claims/${claimId}`, { body: changes });

export const deleteClaim = (workspaceId: string, claimId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/claims/${claimId}`);

export const listInsights = (
  workspaceId: string,
  filters: { persona?: string; status?: InsightStatus } = {},
) =>
  request<Page<InsightRow>>('GET', `${workspaceUrl(workspaceId)}/insights`, {
    query: { ...filters, page_size: 200 },
  });

export const createInsight = (workspaceId: string, insight: NewInsight) =>
  request<InsightDetail>('POST', `${workspaceUrl(workspaceId)}/insights`, { body: insight });

export const readInsight = (workspaceId: string, insightId: string) =>
  request<InsightDetail>('GET', `${workspaceUrl(workspaceId)}/insights/${insightId}`);

export const updateInsight = (
  workspaceId: string,
  insightId: string,
  changes: Partial<
    Pick<InsightRow, 'statement' | 'summary' | 'status' | 'opportunity' | 'action_note'>
  >,
) =>
  request<InsightDetail>('PATCH', `${workspaceUrl(workspaceId)}/insights/${insightId}`, {
    body: changes,
  });

export const deleteInsight = (workspaceId: string, insightId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/insights/${insightId}`);

export const restoreInsight = (workspaceId: string, insightId: string) =>
  request<InsightDetail>('POST', `${workspaceUrl(workspaceId)}/insights/${insightId}/restore`);

export const addEvidence = (
  workspaceId: string,
  insightId: string,
  evidence: { excerpt_id: string; stance: Stance; note?: string },
) =>
  request<InsightDetail>('POST', `${workspaceUrl(workspaceId)}/insights/${insightId}/evidence`, {
    body: evidence,
  });

export const updateEvidence = (
  workspaceId: string,
  evidenceId: string,
  changes: { stance?: Stance; note?: string },
) =>
  request<InsightDetail>('PATCH', `${workspaceUrl(workspaceId)}/evidence/${evidenceId}`, {
    body: changes,
  });

export const deleteEvidence = (workspaceId: string, evidenceId: string) =>
  request<InsightDetail>('DELETE', `${workspaceUrl(workspaceId)}/evidence/${evidenceId}`);

export const setInsightPersonas = (workspaceId: string, insightId: string, personaIds: string[]) =>
  request<InsightDetail>('PUT', `${workspaceUrl(workspaceId)}/insights/${insightId}/personas`, {
    body: { persona_ids: personaIds },
  });
