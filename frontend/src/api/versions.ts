/** The versions of a source's text: listed, compared, and brought back. */

import type * as server from './generated';
import { client } from './generated/client.gen';

const url = (workspaceId: string, rest: string) => `/api/workspaces/${workspaceId}/${rest}`;

export interface TranscriptVersion extends server.TranscriptReference {
  is_current: boolean;
  corrections_count: number;
  excerpt_count: number;
  created_by: { id: string; name: string } | null;
  /** The file it was read from, or empty. */
  imported_name: string;
}

export type RowKind = 'same' | 'changed' | 'removed' | 'added';

export interface ComparedPiece {
  text: string;
  is_changed: boolean;
}

export interface ComparedRow {
  kind: RowKind;
  start_ms: number | null;
  end_ms: number | null;
  old_text: string;
  new_text: string;
  old: ComparedPiece[];
  new: ComparedPiece[];
}

/** Two versions beside each other; `old` is the earlier one, whichever was asked for first. */
export interface Comparison {
  old: server.TranscriptReference;
  new: server.TranscriptReference;
  same_words: number;
  changed_words: number;
  removed_words: number;
  added_words: number;
  rows: ComparedRow[];
}

/** What became of the excerpts when another version was made the current one. */
export interface CarrySummary {
  transcript_id: string;
  carried: number;
  reworded: number;
  uncertain: number;
}

export const listVersions = async (workspaceId: string, sourceId: string) => {
  const answer = await client.get({
    url: url(workspaceId, `sources/${sourceId}/transcripts`),
    responseStyle: 'data',
  });
  return (answer as unknown as { results: TranscriptVersion[] }).results;
};

export const compareVersions = async (workspaceId: string, transcriptId: string, otherId: string) =>
  (await client.get({
    url: url(workspaceId, `transcripts/${transcriptId}/compare`),
    query: { with: otherId },
    responseStyle: 'data',
  })) as unknown as Comparison;

export const makeCurrent = async (workspaceId: string, transcriptId: string) =>
  (await client.post({
    url: url(workspaceId, `transcripts/${transcriptId}/make-current`),
    responseStyle: 'data',
  })) as unknown as CarrySummary;
