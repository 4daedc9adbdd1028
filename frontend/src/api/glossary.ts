/** Names and products that recognition should expect. */

import { client } from './generated/client.gen';

const url = (workspaceId: string, rest: string) => `/api/workspaces/${workspaceId}/${rest}`;
const JSON_BODY = {
  responseStyle: 'data' as const,
  headers: { 'Content-Type': 'application/json' },
};

export interface GlossaryTerm {
  id: string;
  text: string;
  /** Null: a term of the whole workspace. */
  study_id: string | null;
  times_corrected: number;
  is_sent: boolean;
}

export interface Glossary {
  results: GlossaryTerm[];
  sent_maximum: number;
  suggestions: { text: string; times_corrected: number }[];
}

/** The terms of a study, or without one those of the whole workspace. */
export const readGlossary = async (workspaceId: string, studyId?: string) =>
  (await client.get({
    url: url(workspaceId, 'glossary'),
    query: studyId ? { study: studyId } : {},
    responseStyle: 'data',
  })) as unknown as Glossary;

export const addTerm = async (workspaceId: string, term: { text: string; study_id?: string }) =>
  (await client.post({
    url: url(workspaceId, 'glossary'),
    body: term,
    ...JSON_BODY,
  })) as unknown as GlossaryTerm;

export const deleteTerm = (workspaceId: string, termId: string) =>
  client.delete({ url: url(workspaceId, `glossary/${termId}`), responseStyle: 'data' });
