/** Comes back to where this person stopped, and keeps where they are now. */

import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { leavePlace, type PlaceToKeep, readPlace, savePlace } from '@/api';
import { playerStore } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { setHighlight } from '../highlights';
import { listTextElements, toStaticRanges } from '../transcriptDom';
import { findWordAtTime, findWordIndex } from '../transcriptText';
import type { Workbench } from '../workbench';
import {
  getPlaceOfListening,
  getPlaceOfReading,
  isFurtherIn,
  type PlaceInSource,
} from './readingPlace';

const SAVED_EVERY_MS = 10_000;
const SCROLL_REST_MS = 250;

type Container = RefObject<HTMLElement | null>;

function toBody({ wordId, positionMs }: PlaceInSource): PlaceToKeep {
  return { word_id: wordId, position_ms: positionMs };
}

/** What is still to be noted, because the scrolling has not come to rest. */
type Pending = RefObject<(() => void) | null>;

/** Saves the last known place now and then, and on leaving. */
function useKeeper(sourceId: string, pending: Pending) {
  const { id } = useWorkspace();
  const latest = useRef<PlaceInSource | null>(null);
  const saved = useRef('');
  const note = useCallback((place: PlaceInSource | null) => {
    if (place) latest.current = place;
  }, []);
  useEffect(() => {
    const take = () => {
      if (!latest.current) return null;
      const body = toBody(latest.current);
      const told = JSON.stringify(body);
      if (told === saved.current) return null;
      saved.current = told;
      return body;
    };
    const save = () => {
      const body = take();
      // A place that was not kept is kept with the next; nobody needs to hear of it.
      if (body) void savePlace(id, sourceId, body).catch(() => undefined);
    };
    const leave = () => {
      pending.current?.();
      const body = take();
      if (body) leavePlace(id, sourceId, body);
    };
    const hide = () => {
      if (document.visibilityState === 'hidden') leave();
    };
    const timer = window.setInterval(save, SAVED_EVERY_MS);
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      leave();
      window.clearInterval(timer);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [id, sourceId, pending]);
  // Before the text is taken off the page: afterwards nobody can tell where it stood.
  useLayoutEffect(() => () => pending.current?.(), [pending]);
  return note;
}

/** Follows what the person does: scrolling by hand, and the voice. */
function useWhereabouts(
  { text, source }: Workbench,
  container: Container,
  note: (place: PlaceInSource | null) => void,
  pending: Pending,
) {
  const latestText = useRef(text);
  latestText.current = text;
  useEffect(() => {
    let timer = 0;
    let isByHand = false;
    const read = () => {
      window.clearTimeout(timer);
      pending.current = null;
      if (!container.current || !isByHand) return;
      const elements = listTextElements(container.current);
      note(getPlaceOfReading(latestText.current, elements, window.innerHeight));
    };
    const scroll = () => {
      window.clearTimeout(timer);
      pending.current = read;
      timer = window.setTimeout(read, SCROLL_REST_MS);
    };
    const touch = () => {
      isByHand = true;
    };
    const listen = () => {
      const { track, isPlaying } = playerStore.getState();
      if (track?.sourceId !== source.id || !isPlaying) return;
      note(getPlaceOfListening(latestText.current, playerStore.getPositionMs()));
    };
    // The voice moves many times a second; where it is counts twice a second.
    const voice = window.setInterval(listen, 500);
    const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    for (const name of hands) window.addEventListener(name, touch, { passive: true });
    document.addEventListener('scroll', scroll, { passive: true, capture: true });
    return () => {
      window.clearTimeout(timer);
      window.clearInterval(voice);
      for (const name of hands) window.removeEventListener(name, touch);
      document.removeEventListener('scroll', scroll, { capture: true });
    };
  }, [container, note, pending, source.id]);
}

/** A word to come back to; -1 where there is none, or none any more. */
function findWord({ text }: Workbench, place: PlaceInSource): number {
  if (!isFurtherIn(text, place)) return -1;
  if (place.wordId !== null) return findWordIndex(text, place.wordId);
  return findWordAtTime(text, place.positionMs ?? 0);
}

export interface Resumed {
  positionMs: number | null;
  startOver: () => void;
  dismiss: () => void;
}

/** Where this person stopped is shown once; undefined when there is nothing to say of it. */
export function useReadingPlace(
  workbench: Workbench,
  container: Container,
  rest: (ms: number) => void,
): Resumed | undefined {
  const { id } = useWorkspace();
  const { source, text, dispatch } = workbench;
  const [search] = useSearchParams();
  const isLinked = search.size > 0;
  const [word, setWord] = useState(-1);
  const isDone = useRef(false);
  const pending = useRef<(() => void) | null>(null);
  const note = useKeeper(source.id, pending);
  useWhereabouts(workbench, container, note, pending);
  const { data: place } = useQuery({
    queryKey: [id, 'place', source.id],
    queryFn: () => readPlace(id, source.id),
    enabled: !isLinked,
    // Asked for once, when the page opens: then the page knows better.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    if (isDone.current || isLinked || !place || !text.isWhole || !text.wordIds.length) return;
    isDone.current = true;
    const found = findWord(workbench, { wordId: place.word_id, positionMs: place.position_ms });
    const isPlaying = playerStore.getState().track?.sourceId === source.id;
    // Whoever has begun to read, or listens already, is not moved.
    if (found === -1 || isPlaying || window.scrollY > 40) return;
    const elements = container.current ? listTextElements(container.current) : [];
    elements[text.segmentOf[found]]?.scrollIntoView({ block: 'center' });
    dispatch({ type: 'stand', word: found, activeId: null });
    rest(place.position_ms ?? text.startsMs[found] ?? 0);
    setWord(found);
  }, [place, isLinked, text, workbench, source.id, container, dispatch, rest]);
  useEffect(() => {
    if (word === -1 || !container.current) return;
    const elements = listTextElements(container.current);
    setHighlight('stopped-here', toStaticRanges(elements, text, { first: word, last: word }));
    return () => setHighlight('stopped-here', []);
  }, [word, text, container]);
  const dismiss = useCallback(() => setWord(-1), []);
  const startOver = useCallback(() => {
    setWord(-1);
    rest(0);
    dispatch({ type: 'stand', word: 0, activeId: null });
    window.scrollTo({ top: 0 });
    note({ wordId: text.wordIds[0] ?? null, positionMs: 0 });
    container.current?.focus({ preventScroll: true });
  }, [container, dispatch, note, rest, text]);
  if (word === -1) return undefined;
  return { positionMs: place?.position_ms ?? text.startsMs[word] ?? null, startOver, dismiss };
}
