/** Names and products that recognition should expect. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });

/** The terms of a study with those of all, or without a study only those of all. */
export const readGlossary = (workspaceId: string, studyId?: string) =>
  server.glossaryRead({ path: at(workspaceId), query: studyId ? { study: studyId } : {} });

export const addTerm = (workspaceId: string, term: server.GlossaryTermInputRequest) =>
  server.glossaryAdd({ path: at(workspaceId), body: term });

export const deleteTerm = (workspaceId: string, termId: string) =>
  server.glossaryDelete({ path: { ...at(workspaceId), term_id: termId } });
