/** Names of cached answers; a shorter key stands for all that begin with it. */

import type { MemoFilters } from './memos';
import type { ExcerptFilters } from './tagging';

export const keys = {
  signIn: () => ['sign-in'] as const,
  tokens: () => ['tokens'] as const,
  /** Everything of one workspace. */
  all: (workspaceId: string) => [workspaceId] as const,
  workspace: (workspaceId: string) => [workspaceId, 'workspace'] as const,
  members: (workspaceId: string) => [workspaceId, 'members'] as const,
  jobs: (workspaceId: string) => [workspaceId, 'jobs'] as const,
  studies: (workspaceId: string) => [workspaceId, 'studies'] as const,
  study: (workspaceId: string, studyId: string) => [workspaceId, 'studies', studyId] as const,
  participants: (workspaceId: string, studyId?: string) =>
    studyId
      ? ([workspaceId, 'participants', studyId] as const)
      : ([workspaceId, 'participants'] as const),
  sessions: (workspaceId: string, studyId?: string) =>
    studyId ? ([workspaceId, 'sessions', studyId] as const) : ([workspaceId, 'sessions'] as const),
  session: (workspaceId: string, sessionId: string) => [workspaceId, 'session', sessionId] as const,
  transcript: (workspaceId: string, transcriptId: string) =>
    [workspaceId, 'transcript', transcriptId] as const,
  versions: (workspaceId: string, sourceId: string) => [workspaceId, 'versions', sourceId] as const,
  comparison: (workspaceId: string, transcriptId: string, otherId: string) =>
    [workspaceId, 'comparison', transcriptId, otherId] as const,
  reviews: (workspaceId: string, sourceId: string) => [workspaceId, 'reviews', sourceId] as const,
  talkShare: (workspaceId: string, transcriptId: string) =>
    [workspaceId, 'talk-share', transcriptId] as const,
  glossary: (workspaceId: string, studyId?: string) =>
    studyId ? ([workspaceId, 'glossary', studyId] as const) : ([workspaceId, 'glossary'] as const),
  peaks: (workspaceId: string, sourceId: string) => [workspaceId, 'peaks', sourceId] as const,
  changes: (workspaceId: string, sessionId: string) => [workspaceId, 'changes', sessionId] as const,
  tags: (workspaceId: string) => [workspaceId, 'tags'] as const,
  codebook: (workspaceId: string) => [workspaceId, 'codebook'] as const,
  nearDuplicates: (workspaceId: string) => [workspaceId, 'near-duplicates'] as const,
  excerpts: (workspaceId: string, filters?: ExcerptFilters) =>
    filters ? ([workspaceId, 'excerpts', filters] as const) : ([workspaceId, 'excerpts'] as const),
  /** Below the excerpts: whatever changes them changes what is alike. */
  similarExcerpts: (workspaceId: string, excerptId: string) =>
    [workspaceId, 'excerpts', 'similar', excerptId] as const,
  /** Below them as well. */
  closeInMeaning: (workspaceId: string, query: object) =>
    [workspaceId, 'excerpts', 'close', query] as const,
  hasMeaning: (workspaceId: string) => [workspaceId, 'has-meaning'] as const,
  personas: (workspaceId: string) => [workspaceId, 'personas'] as const,
  persona: (workspaceId: string, personaId: string) =>
    [workspaceId, 'personas', personaId] as const,
  empathyMap: (workspaceId: string, personaId: string, studyId?: string) =>
    [workspaceId, 'personas', personaId, 'map', studyId ?? ''] as const,
  insights: (workspaceId: string) => [workspaceId, 'insights'] as const,
  insight: (workspaceId: string, insightId: string) =>
    [workspaceId, 'insights', insightId] as const,
  reels: (workspaceId: string) => [workspaceId, 'reels'] as const,
  reel: (workspaceId: string, reelId: string) => [workspaceId, 'reels', reelId] as const,
  /** The excerpts that somebody has chosen in a list; kept here, not on the server. */
  selection: (workspaceId: string, list: string) => [workspaceId, 'selection', list] as const,
  savedSearches: (workspaceId: string) => [workspaceId, 'saved-searches'] as const,
  savedSearchCounts: (workspaceId: string, ids: string[] = []) =>
    [workspaceId, 'saved-search-counts', ...ids] as const,
  digests: (workspaceId: string) => [workspaceId, 'digests'] as const,
  digest: (workspaceId: string, digestId: string) => [workspaceId, 'digests', digestId] as const,
  digestSettings: (workspaceId: string) => [workspaceId, 'digest-settings'] as const,
  /** Of one state, or all of them. */
  questions: (workspaceId: string, state?: string) =>
    state ? ([workspaceId, 'questions', state] as const) : ([workspaceId, 'questions'] as const),
  synonyms: (workspaceId: string) => [workspaceId, 'synonyms'] as const,
  questionLog: (workspaceId: string) => [workspaceId, 'question-log'] as const,
  memos: (workspaceId: string, filters?: MemoFilters) =>
    filters ? ([workspaceId, 'memos', filters] as const) : ([workspaceId, 'memos'] as const),
  memo: (workspaceId: string, memoId: string) => [workspaceId, 'memos', 'one', memoId] as const,
  memoCounts: (workspaceId: string, sessionId: string) =>
    [workspaceId, 'memos', 'counts', sessionId] as const,
  mentions: (workspaceId: string) => [workspaceId, 'mentions'] as const,
  search: (workspaceId: string, query?: object) =>
    query ? ([workspaceId, 'search', query] as const) : ([workspaceId, 'search'] as const),
  searchPeople: (workspaceId: string, query: object) =>
    [workspaceId, 'search', 'people', query] as const,
};
