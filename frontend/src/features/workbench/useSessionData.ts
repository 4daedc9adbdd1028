/** What the session page asks the server for, more often while something is at work. */

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useRef } from 'react';
import {
  keys,
  listEveryExcerpt,
  listPersonas,
  listTags,
  type Persona,
  readSession,
  readTranscript,
  type SessionDetail,
  type Source,
  type Tag,
  type Transcript,
} from '@/api';
import { isActive } from '@/app/jobs';
import { uploadStore, useSessionUpload } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { beginText, takeOpening, takeRest } from './beginSession';

const BUSY_POLL_MS = 1000;
const QUIET_POLL_MS = 15_000;
const STATES_AT_WORK = ['waiting', 'preparing', 'transcribing'];

function isAtWork(session: SessionDetail | undefined): boolean {
  if (!session) return false;
  return STATES_AT_WORK.includes(session.state) || session.jobs.some(isActive);
}

export function useSession(sessionId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const upload = useSessionUpload(sessionId);
  useEffect(
    () =>
      uploadStore.subscribeDone((done) => {
        if (done.sessionId !== sessionId) return;
        void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
        void client.invalidateQueries({ queryKey: keys.jobs(id) });
      }),
    [client, id, sessionId],
  );
  const session = useQuery({
    queryKey: keys.session(id, sessionId),
    queryFn: () => readSession(id, sessionId),
    refetchInterval: ({ state }) =>
      isAtWork(state.data) || upload?.state === 'done' ? BUSY_POLL_MS : QUIET_POLL_MS,
  });
  const hasArrived =
    upload?.state === 'done' &&
    session.data?.sources.some(
      ({ name, imported_files }) =>
        name === upload.fileName || imported_files.some((file) => file.name === upload.fileName),
    );
  useEffect(() => {
    if (hasArrived && upload) uploadStore.remove(upload.key);
  }, [hasArrived, upload]);
  return session;
}

/** What a job may have changed when it ends, by the first words of the cached answers' names. */
const ROOMS_OF_TEXT = ['transcript', 'versions', 'reviews', 'excerpts', 'talk-share'];

/**
 * Reads the text again when work on it begins, ends, fails or is cancelled, and when somebody takes
 * back their consent or gives it again.
 */
export function useFreshText(session: SessionDetail) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const work = session.jobs
    .filter(({ kind }) => kind === 'transcribe' || kind === 'import_transcript')
    .map((job) => `${job.id} ${job.attempt} ${isActive(job) ? 'active' : job.state}`)
    .join();
  const state = `${work} ${session.sources.map(({ withdrawn }) => withdrawn.join()).join()}`;
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    for (const room of ROOMS_OF_TEXT) void client.invalidateQueries({ queryKey: [id, room] });
  }, [client, id, state]);
}

/** Asks for all that a session opens with at once, rather than for one after another. */
export function useSessionOpening(sessionId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  useEffect(() => {
    // One that was here before knows its text by name, and may still have it.
    if (!client.getQueryData(keys.session(id, sessionId))) void beginText(id, sessionId);
  }, [client, id, sessionId]);
  useSessionExcerpts(sessionId);
}

async function readFirst(workspaceId: string, transcriptId: string, sessionId: string) {
  const opened = await takeOpening(sessionId);
  return opened?.id === transcriptId ? opened : readTranscript(workspaceId, transcriptId);
}

/** Adds what follows a beginning, in which passages may have been changed meanwhile. */
async function readRest(
  client: QueryClient,
  workspaceId: string,
  transcriptId: string,
  after_position: number,
): Promise<Transcript> {
  const begun = await takeRest(transcriptId);
  const rest = begun ?? (await readTranscript(workspaceId, transcriptId, { after_position }));
  const known = client.getQueryData<Transcript>(keys.transcript(workspaceId, transcriptId));
  const beginning = known?.segments.filter(({ position }) => position <= after_position) ?? [];
  return { ...rest, segments: [...beginning, ...rest.segments] };
}

/** The transcript; while it grows, only what came after the last known segment is asked for. */
async function readGrowing(
  client: QueryClient,
  workspaceId: string,
  transcriptId: string,
  sessionId: string,
): Promise<Transcript> {
  const known = client.getQueryData<Transcript>(keys.transcript(workspaceId, transcriptId));
  if (!known) return readFirst(workspaceId, transcriptId, sessionId);
  if (known.known_to !== undefined) {
    return readRest(client, workspaceId, transcriptId, known.known_to);
  }
  const last = known.segments.at(-1);
  if (known.state !== 'in_progress' || !last) return readTranscript(workspaceId, transcriptId);
  const grown = await readTranscript(workspaceId, transcriptId, { after_position: last.position });
  if (grown.state === 'complete') return readTranscript(workspaceId, transcriptId);
  return { ...grown, segments: [...known.segments, ...grown.segments] };
}

/** Until another version of the same source is there, the one before stays in sight. */
export function useTranscript(sessionId: string, source: Source | undefined, isBusy: boolean) {
  const transcriptId = source?.transcript?.id;
  const { id } = useWorkspace();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.transcript(id, transcriptId ?? ''),
    queryFn: () => readGrowing(client, id, transcriptId ?? '', sessionId),
    enabled: transcriptId !== undefined,
    refetchInterval: ({ state }) =>
      isBusy && state.data?.state === 'in_progress' ? BUSY_POLL_MS : false,
    placeholderData: (previous) => (previous?.source_id === source?.id ? previous : undefined),
    staleTime: 30_000,
  });
  const { data, refetch } = query;
  useEffect(() => {
    if (data?.known_to !== undefined) void refetch();
  }, [data, refetch]);
  return query;
}

/** The whole text is shown in slices when it follows its beginning, and at once when it changes. */
export function useShownTranscript(latest: Transcript | undefined): Transcript | undefined {
  const behind = useDeferredValue(latest);
  const isBeginning = behind?.known_to !== undefined && behind.id === latest?.id;
  return isBeginning ? behind : latest;
}

export function useSessionExcerpts(sessionId: string) {
  const { id } = useWorkspace();
  return useQuery({
    queryKey: keys.excerpts(id, { session: sessionId }),
    queryFn: () => listEveryExcerpt(id, { session: sessionId }),
  });
}

const NO_PERSONAS: Persona[] = [];
const NO_TAGS: Tag[] = [];

export function usePersonas() {
  const { id } = useWorkspace();
  const { data } = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  return data?.results ?? NO_PERSONAS;
}

export function useTags() {
  const { id } = useWorkspace();
  const { data } = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id) });
  return data ?? NO_TAGS;
}
