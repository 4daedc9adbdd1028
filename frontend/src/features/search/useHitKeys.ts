/** Moving through the hits with the arrow keys, from the search box down and back up. */

import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { forgetAtSignOut } from '@/lib/forgetting';

const HIT = '[data-hit]';

export interface HitKeys {
  listRef: RefObject<HTMLDivElement | null>;
  boxRef: RefObject<HTMLInputElement | null>;
  /** These two for the list around all hits. */
  onListFocus: (event: FocusEvent) => void;
  onListKeyDown: (event: KeyboardEvent) => void;
  onBoxKeyDown: (event: KeyboardEvent) => void;
}

/** Which hit to go to from the one at `index`; -1 is the search box, null is "stay". */
export function getNextHit(key: string, index: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(index + 1, count - 1);
  if (key === 'ArrowUp') return index - 1;
  if (key === 'Escape') return -1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/** Which hit was left for another page, by the entry of the history it was left from. */
const leftHits = new Map<string, number>();
forgetAtSignOut(() => leftHits.clear());

/** Whoever comes back from what a hit led to goes on from that hit. */
function useComingBack(listHits: () => HTMLElement[]): (index: number) => void {
  const { key } = useLocation();
  const hasComeBack = useNavigationType() === 'POP';
  const [leftIndex] = useState(() => (hasComeBack ? leftHits.get(key) : undefined));
  useEffect(() => {
    if (leftIndex === undefined) return;
    // After the frame has given the focus to the page, as it does wherever one goes.
    const frame = requestAnimationFrame(() => {
      const hit = listHits()[leftIndex];
      hit?.focus({ preventScroll: true });
      hit?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [leftIndex, listHits]);
  return useCallback((index) => void leftHits.set(key, index), [key]);
}

export function useHitKeys(): HitKeys {
  const listRef = useRef<HTMLDivElement>(null);
  const boxRef = useRef<HTMLInputElement>(null);
  const listHits = useCallback(
    () => [...(listRef.current?.querySelectorAll<HTMLElement>(HIT) ?? [])],
    [],
  );
  const noteHit = useComingBack(listHits);
  const onListFocus = useCallback(
    (event: FocusEvent) => {
      const index = listHits().findIndex((hit) => hit.contains(event.target));
      if (index >= 0) noteHit(index);
    },
    [listHits, noteHit],
  );
  const onListKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const hits = listHits();
      const index = hits.indexOf(event.target as HTMLElement);
      if (index < 0) return;
      const next = getNextHit(event.key, index, hits.length);
      if (next === null) return;
      event.preventDefault();
      const target = next < 0 ? boxRef.current : hits[next];
      target?.focus();
      target?.scrollIntoView({ block: 'nearest' });
    },
    [listHits],
  );
  const onBoxKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const [first] = listHits();
      if (event.key !== 'ArrowDown' || !first) return;
      event.preventDefault();
      first.focus();
    },
    [listHits],
  );
  return { listRef, boxRef, onListFocus, onListKeyDown, onBoxKeyDown };
}
