/** Undo, redo and what others change, at work on the page's cached answers. */

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import {
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import {
  ApiError,
  type Change,
  type Excerpt,
  keys,
  type News,
  readNews,
  redoChange,
  redoLatest,
  type Transcript,
  type TurnedChange,
  undoChange,
  undoLatest,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import type { ExcerptEditor } from '../excerptEditor';
import { listTextElements } from '../transcriptDom';
import type { Evidence, Workbench } from '../workbench';
import type { FreshMark, WorkbenchHistory } from './history';
import { LiveFeed } from './liveFeed';
import { describeNews, hasNews, listOthersChanges, mergeExcerpts, mergeSegments } from './news';

const MESSAGE_MS = 6000;
/** Lists elsewhere that count or quote what was changed here. */
const ROOMS_OF_TEXT = ['reviews', 'talk-share'];
const ROOMS_THAT_COUNT = ['search', 'personas', 'tags', 'studies', 'sessions', 'insights'];

interface Scope {
  client: QueryClient;
  workspaceId: string;
  sessionId: string;
  editor: ExcerptEditor;
}

/** Lays news over the cached answers. False: an edit on its way went before some of it. */
function showNews({ client, workspaceId, sessionId, editor }: Scope, news: News, moment: number) {
  if (!hasNews(news)) return true;
  const queryKey = keys.excerpts(workspaceId, { session: sessionId });
  const known = new Set(client.getQueryData<Excerpt[]>(queryKey)?.map(({ id }) => id));
  const mayShow = (id: string) =>
    !editor.isNewerThan(id, moment) && (known.has(id) || !editor.hasDrafts);
  const touched = [...news.excerpts.map(({ id }) => id), ...news.deleted_excerpt_ids];
  if (touched.length > 0) {
    void client.cancelQueries({ queryKey });
    client.setQueryData<Excerpt[]>(queryKey, (excerpts) =>
      excerpts ? mergeExcerpts(excerpts, news, mayShow) : excerpts,
    );
  }
  showSegments({ client, workspaceId }, news);
  refreshRooms({ client, workspaceId, sessionId }, news);
  return touched.every(mayShow);
}

function showSegments({ client, workspaceId }: Pick<Scope, 'client' | 'workspaceId'>, news: News) {
  if (news.segments.length === 0 && news.deleted_segment_ids.length === 0) return;
  const cached = client.getQueriesData<Transcript>({ queryKey: [workspaceId, 'transcript'] });
  for (const [queryKey, transcript] of cached) {
    if (!transcript) continue;
    const segments = mergeSegments(transcript.segments, news, transcript.id);
    if (segments === transcript.segments) continue;
    void client.cancelQueries({ queryKey });
    client.setQueryData<Transcript>(queryKey, { ...transcript, segments });
  }
}

function refreshRooms({ client, workspaceId, sessionId }: Omit<Scope, 'editor'>, news: News) {
  const hasTextChanged = news.segments.length > 0 || news.deleted_segment_ids.length > 0;
  const isDecided = news.changes.some(({ verb }) => verb.startsWith('review.'));
  // Then all of the evidence may hang on other words.
  const isOtherText = news.changes.some(({ verb }) => verb === 'version.switch');
  const rooms = [
    ...ROOMS_THAT_COUNT,
    ...(hasTextChanged ? ROOMS_OF_TEXT : []),
    ...(isDecided ? ['reviews'] : []),
    ...(isOtherText ? [...ROOMS_OF_TEXT, 'excerpts', 'versions'] : []),
    ...(news.has_memos_changed ? ['memos'] : []),
  ];
  for (const room of rooms) void client.invalidateQueries({ queryKey: [workspaceId, room] });
  void client.invalidateQueries({ queryKey: keys.changes(workspaceId, sessionId) });
  if (news.has_speakers_changed || isOtherText) {
    void client.invalidateQueries({ queryKey: keys.session(workspaceId, sessionId) });
  }
}

/** A sentence that stays for a while. */
function useMessage() {
  const [message, setMessage] = useState('');
  const timer = useRef(0);
  const say = useCallback((sentence: string) => {
    window.clearTimeout(timer.current);
    setMessage(sentence);
    timer.current = window.setTimeout(() => setMessage(''), MESSAGE_MS);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { message, say };
}

/** Whom the marks that others made just now are from. */
function useFreshMarks() {
  const [freshMarks, setFreshMarks] = useState<readonly FreshMark[]>([]);
  const timer = useRef(0);
  const put = useCallback((changes: readonly Change[]) => {
    const marks = changes.flatMap(({ excerpt_ids, created_by, undone_at }) =>
      undone_at || !created_by
        ? []
        : excerpt_ids.map((excerptId) => ({ excerptId, name: created_by.name })),
    );
    if (marks.length === 0) return;
    window.clearTimeout(timer.current);
    setFreshMarks([...new Map(marks.map((mark) => [mark.excerptId, mark])).values()]);
    timer.current = window.setTimeout(() => setFreshMarks([]), MESSAGE_MS);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { freshMarks, put };
}

function useLiveFeed(
  { session, editor }: Workbench,
  tell: (changes: readonly Change[]) => void,
): LiveFeed {
  const { id: workspaceId, user } = useWorkspace();
  const client = useQueryClient();
  const feed = useMemo(() => {
    const scope = { client, workspaceId, sessionId: session.id, editor };
    // Changes before the page was opened are told by the history, not as news.
    let told: number | null = null;
    return new LiveFeed({
      ask: (after) => readNews(workspaceId, session.id, after),
      getMoment: editor.getMoment,
      show: (news, moment) => {
        const changes = told === null ? [] : listOthersChanges(news, told, user.id);
        told = Math.max(told ?? 0, news.latest);
        const isAllShown = showNews(scope, news, moment);
        if (changes.length > 0) tell(changes);
        return isAllShown;
      },
    });
  }, [client, workspaceId, session.id, editor, user.id, tell]);
  useEffect(() => {
    feed.start();
    const stop = editor.subscribe(feed.poke);
    return () => {
      stop();
      feed.stop();
    };
  }, [feed, editor]);
  return feed;
}

/** Brings the place of a change into sight; false where it is no longer in the text. */
function useGoTo(
  { text, dispatch }: Workbench,
  { marks }: Evidence,
  container: RefObject<HTMLElement | null>,
) {
  const latest = useRef({ text, marks });
  latest.current = { text, marks };
  return useCallback(
    ({ excerpt_ids, segment_ids }: Pick<Change, 'excerpt_ids' | 'segment_ids'>): boolean => {
      const { text, marks } = latest.current;
      const mark = marks.find(({ excerpt }) => excerpt_ids.includes(excerpt.id));
      const segment = mark
        ? text.segmentOf[mark.range.first]
        : text.segments.findIndex(({ id }) => segment_ids.includes(id));
      if (segment === -1 || !container.current) return false;
      if (mark) dispatch({ type: 'activate', excerptId: mark.excerpt.id });
      else dispatch({ type: 'stand', word: text.segments[segment].firstIndex, activeId: null });
      const element = listTextElements(container.current)[segment];
      const box = element?.getBoundingClientRect();
      if (box && (box.top < 150 || box.bottom > window.innerHeight - 120)) {
        element.scrollIntoView({ block: 'center' });
      }
      return true;
    },
    [container, dispatch],
  );
}

function isNothingLeft(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'nothing_to_undo';
}

type Send = (after: number | undefined) => Promise<TurnedChange>;

export function useHistory(
  workbench: Workbench,
  evidence: Evidence,
  container: RefObject<HTMLElement | null>,
): WorkbenchHistory {
  const { id: workspaceId } = useWorkspace();
  const { session, editor } = workbench;
  const { message, say } = useMessage();
  const { freshMarks, put } = useFreshMarks();
  const tell = useCallback(
    (changes: readonly Change[]) => {
      say(describeNews(changes));
      put(changes);
    },
    [say, put],
  );
  const feed = useLiveFeed(workbench, tell);
  const standing = useSyncExternalStore(feed.subscribe, feed.getStanding);
  const goTo = useGoTo(workbench, evidence, container);
  const [shown, setShown] = useState<Change | null>(null);
  // Once the page shows what was undone, its place comes into sight.
  useEffect(() => {
    if (!shown) return;
    goTo(shown);
    setShown(null);
  }, [shown, goTo]);
  return useMemo(() => {
    const turn = async (word: 'Undone' | 'Done again', send: Send) => {
      try {
        await editor.settle();
        const { change } = await feed.turn(send);
        say(`${word}: ${change.summary}`);
        setShown(change);
      } catch (error) {
        if (isNothingLeft(error))
          say(`There is nothing to ${word === 'Undone' ? 'undo' : 'redo'}.`);
        else notifyFailure(word === 'Undone' ? 'Not undone.' : 'Not done again.', error);
        feed.poke();
      }
    };
    return {
      ...standing,
      undoLatest: () => void turn('Undone', (after) => undoLatest(workspaceId, session.id, after)),
      redoLatest: () =>
        void turn('Done again', (after) => redoLatest(workspaceId, session.id, after)),
      turn: (change: Change) =>
        change.undone_at
          ? void turn('Done again', (after) => redoChange(workspaceId, change.id, after))
          : void turn('Undone', (after) => undoChange(workspaceId, change.id, after)),
      goTo,
      poke: feed.poke,
      message,
      freshMarks,
    };
  }, [standing, editor, feed, workspaceId, session.id, say, goTo, message, freshMarks]);
}
