/** Hooks on the one player of the page. */

import { useCallback, useSyncExternalStore } from 'react';
import { type PlayerState, playerStore } from './playerStore';

const { play, pause, resume, toggle, seek, skip, setRate, close } = playerStore;
const actions = { play, pause, resume, toggle, seek, skip, setRate, close };

/** What plays and the means to change it; does not render again while the position moves. */
export function usePlayer(): PlayerState & typeof actions {
  const state = useSyncExternalStore(playerStore.subscribe, playerStore.getState);
  return { ...state, ...actions };
}

/** The position, rounded down to `stepMs` so that a page renders only that often. */
export function usePlayerPosition(stepMs = 250): number {
  const read = useCallback(
    () => Math.floor(playerStore.getPositionMs() / stepMs) * stepMs,
    [stepMs],
  );
  return useSyncExternalStore(playerStore.subscribePosition, read);
}

/** True while the thing named `key` plays; renders only when that changes. */
export function useIsPlaying(key: string): boolean {
  const read = useCallback(() => {
    const { isPlaying, track } = playerStore.getState();
    return isPlaying && track?.key === key;
  }, [key]);
  return useSyncExternalStore(playerStore.subscribe, read);
}
