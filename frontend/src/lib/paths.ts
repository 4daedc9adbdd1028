/** The addresses of pages, so that every excerpt, persona and session can be linked to. */

/** Where in a session to open: an excerpt, a word of the transcript, or a time. */
export interface SessionPlace {
  /** Which of the session's sources to read, where it has several. */
  source?: string;
  excerpt?: string;
  word?: number;
  t?: number;
}

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const paths = {
  signIn: '/sign-in',
  workspace: (workspaceId: string) => `/w/${workspaceId}`,
  search: (workspaceId: string, query?: string) =>
    withQuery(`/w/${workspaceId}/search`, { q: query }),
  digest: (workspaceId: string, digestId: string) => `/w/${workspaceId}/digests/${digestId}`,
  /** What carries the tag, or a tag under it. */
  taggedExcerpts: (workspaceId: string, tagId: string) =>
    withQuery(`/w/${workspaceId}/search`, { tag: tagId }),
  /** What one person said, all of it. */
  saidBy: (workspaceId: string, participantId: string) =>
    withQuery(`/w/${workspaceId}/search`, { participant: participantId }),
  questions: (workspaceId: string) => `/w/${workspaceId}/questions`,
  studies: (workspaceId: string) => `/w/${workspaceId}/studies`,
  study: (workspaceId: string, studyId: string) => `/w/${workspaceId}/studies/${studyId}`,
  /** Of one study, or of the whole workspace. */
  glossary: (workspaceId: string, studyId?: string) =>
    studyId ? `/w/${workspaceId}/studies/${studyId}/glossary` : `/w/${workspaceId}/glossary`,
  session: (workspaceId: string, sessionId: string, place: SessionPlace = {}) =>
    withQuery(`/w/${workspaceId}/sessions/${sessionId}`, { ...place }),
  personas: (workspaceId: string) => `/w/${workspaceId}/personas`,
  persona: (workspaceId: string, personaId: string) => `/w/${workspaceId}/personas/${personaId}`,
  /** The persona's page, at one sentence of the story. */
  claim: (workspaceId: string, personaId: string, claimId: string) =>
    `/w/${workspaceId}/personas/${personaId}#claim-${claimId}`,
  insights: (workspaceId: string) => `/w/${workspaceId}/insights`,
  insight: (workspaceId: string, insightId: string) => `/w/${workspaceId}/insights/${insightId}`,
  reels: (workspaceId: string) => `/w/${workspaceId}/reels`,
  reel: (workspaceId: string, reelId: string) => `/w/${workspaceId}/reels/${reelId}`,
  codebook: (workspaceId: string, tagId?: string) =>
    withQuery(`/w/${workspaceId}/codebook`, { tag: tagId }),
  memos: (workspaceId: string) => `/w/${workspaceId}/memos`,
  memo: (workspaceId: string, memoId: string) =>
    withQuery(`/w/${workspaceId}/memos`, { memo: memoId }),
  settings: (workspaceId: string) => `/w/${workspaceId}/settings`,
};
