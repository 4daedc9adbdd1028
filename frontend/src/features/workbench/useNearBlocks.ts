/** Which parts of a long list have been near what is in sight: only they are rendered whole. */

import { type RefObject, useEffect, useState } from 'react';

export const BLOCK_ITEMS = 10;
const NEAR_PX = 1500;

function findScroller(element: HTMLElement): HTMLElement | null {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(one).overflowY)) return one;
  }
  return null;
}

/** Numbers of the blocks of items that have come near; null where that can't be watched: all. */
export function useNearBlocks(
  list: RefObject<HTMLElement | null>,
  count: number,
): ReadonlySet<number> | null {
  const canWatch = typeof IntersectionObserver !== 'undefined';
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([0]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: other items have to be watched
  useEffect(() => {
    const element = list.current;
    if (!element || !canWatch) return;
    const watched = [...element.children].filter((_, index) => index % BLOCK_ITEMS === 0);
    const watcher = new IntersectionObserver(
      (entries) => {
        const seen = entries.filter((entry) => entry.isIntersecting);
        if (seen.length === 0) return;
        const blocks = seen.map(({ target }) => watched.indexOf(target));
        setNear((known) =>
          blocks.every((block) => known.has(block)) ? known : new Set([...known, ...blocks]),
        );
      },
      { root: findScroller(element), rootMargin: `${NEAR_PX}px` },
    );
    for (const one of watched) watcher.observe(one);
    return () => watcher.disconnect();
  }, [list, count, canWatch]);
  return canWatch ? near : null;
}
