/** Begins to read what a session opens with, before its page is rendered. */

import type { QueryClient } from '@tanstack/react-query';
import {
  keys,
  listEveryExcerpt,
  readSession,
  readSessionTranscript,
  readTranscript,
  type Transcript,
} from '@/api';
import { forgetAtSignOut } from '@/lib/forgetting';

type Answers = Map<string, Promise<Transcript | null>>;

/** How long what nobody has read yet still counts as fresh. */
const KEPT_MS = 10_000;

/** Beginnings of texts, by session. */
const openings: Answers = new Map();
/** What follows them, by transcript. */
const rests: Answers = new Map();
for (const answers of [openings, rests]) forgetAtSignOut(() => answers.clear());

/** Asks once. Where it can't be had this way, whoever takes it asks again by its own name. */
function begin(answers: Answers, key: string, read: () => Promise<Transcript | null>) {
  const known = answers.get(key);
  if (known) return known;
  const begun = read().catch(() => null);
  answers.set(key, begun);
  window.setTimeout(() => {
    if (answers.get(key) === begun) answers.delete(key);
  }, KEPT_MS);
  return begun;
}

function take(answers: Answers, key: string): Promise<Transcript | null> | undefined {
  const begun = answers.get(key);
  answers.delete(key);
  return begun;
}

export const takeOpening = (sessionId: string) => take(openings, sessionId);
export const takeRest = (transcriptId: string) => take(rests, transcriptId);

const beginOpening = (workspaceId: string, sessionId: string) =>
  begin(openings, sessionId, () => readSessionTranscript(workspaceId, sessionId));

/** The rest of a text is asked for when its beginning arrives: it comes while that is rendered. */
export async function beginText(workspaceId: string, sessionId: string): Promise<void> {
  const opened = await beginOpening(workspaceId, sessionId);
  if (opened?.known_to === undefined) return;
  const after = { after_position: opened.known_to };
  void begin(rests, opened.id, () => readTranscript(workspaceId, opened.id, after));
}

const SESSION = /^\/w\/([^/]+)\/sessions\/([^/]+)$/;

/** The session that the browser was opened at. */
export function beginAt(pathname: string): void {
  const [, workspaceId, sessionId] = SESSION.exec(pathname) ?? [];
  if (sessionId) void beginText(workspaceId, sessionId);
}

/** A session whose link somebody is about to follow: all but the rest of a long text. */
export function beginFromLink(client: QueryClient, pathname: string): void {
  const [, workspaceId, sessionId] = SESSION.exec(pathname) ?? [];
  if (!sessionId || client.getQueryData(keys.session(workspaceId, sessionId))) return;
  void beginOpening(workspaceId, sessionId);
  void client.prefetchQuery({
    queryKey: keys.session(workspaceId, sessionId),
    queryFn: () => readSession(workspaceId, sessionId),
  });
  void client.prefetchQuery({
    queryKey: keys.excerpts(workspaceId, { session: sessionId }),
    queryFn: () => listEveryExcerpt(workspaceId, { session: sessionId }),
  });
}
