/** Names and products that recognition should expect, and putting a misheard one right everywhere. */

import type * as server from './generated';
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

export interface ReplacementQuery {
  find: string;
  replace: string;
  match_case?: boolean;
}

export interface ReplacementMatch {
  segment_id: string;
  first_word_id: number;
  last_word_id: number;
  before: string;
  after: string;
  context_before: string;
  context_after: string;
  start_ms: number | null;
}

export interface ReplacementAnswer {
  change: { id: string; summary: string };
  replaced: number;
  segments: server.Segment[];
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

export const previewReplacement = async (
  workspaceId: string,
  transcriptId: string,
  query: ReplacementQuery,
) =>
  (await client.post({
    url: url(workspaceId, `transcripts/${transcriptId}/replace/preview`),
    body: query,
    ...JSON_BODY,
  })) as unknown as { matches: ReplacementMatch[] };

export const replaceWords = async (
  workspaceId: string,
  transcriptId: string,
  replacement: ReplacementQuery & { first_word_ids: number[] },
) =>
  (await client.post({
    url: url(workspaceId, `transcripts/${transcriptId}/replace`),
    body: replacement,
    ...JSON_BODY,
  })) as unknown as ReplacementAnswer;

export const undoTextChange = async (workspaceId: string, changeId: string) =>
  (await client.post({
    url: url(workspaceId, `text-changes/${changeId}/undo`),
    body: {},
    ...JSON_BODY,
  })) as unknown as { segments: server.Segment[] };
