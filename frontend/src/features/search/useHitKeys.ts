/** Moving through the hits with the arrow keys, from the search box down and back up. */

import { type KeyboardEvent, type RefObject, useCallback, useRef } from 'react';

const HIT = '[data-hit]';

export interface HitKeys {
  listRef: RefObject<HTMLDivElement | null>;
  boxRef: RefObject<HTMLInputElement | null>;
  /** For the list around all hits. */
  onListKeyDown: (event: KeyboardEvent) => void;
  onBoxKeyDown: (event: KeyboardEvent) => void;
}

/** Which hit to go to from the one at `index`; -1 is the search box, null is "stay". */
export function getNextHit(key: string, index: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(index + 1, count - 1);
  if (key === 'ArrowUp') return index - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

export function useHitKeys(): HitKeys {
  const listRef = useRef<HTMLDivElement>(null);
  const boxRef = useRef<HTMLInputElement>(null);
  const listHits = useCallback(
    () => [...(listRef.current?.querySelectorAll<HTMLElement>(HIT) ?? [])],
    [],
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
  return { listRef, boxRef, onListKeyDown, onBoxKeyDown };
}
