/** The playback of a reel; what plays goes on while other pages are read. */

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReelDetail, ReelItem } from '@/api';
import { playerStore, usePlayer } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { forgetAtSignOut } from '@/lib/forgetting';
import { paths } from '@/lib/paths';
import { getStretch } from './playing';
import { type Playable, ReelPlayback } from './ReelPlayback';

export interface ReelPlaying {
  /** The item that plays, is about to, or was stopped; null before and after. */
  itemId: string | null;
  /** Whether the reel moves on by itself now. */
  isPlaying: boolean;
  /** Nothing is heard: the item is there to be read. */
  isReading: boolean;
  error: string;
  start: (itemId: string) => void;
  toggle: () => void;
  step: (direction: 1 | -1) => void;
}

/** The reel whose page was left while something of it was playing, or stopped in the middle. */
let left: { reelId: string; playback: ReelPlayback } | null = null;
/** The one whose page is open. */
let shown: ReelPlayback | null = null;
forgetAtSignOut(() => {
  shown?.stop();
  left?.playback.stop();
  left = null;
});

/** Whoever closes the player, or signs out, is done with it. */
function takeLeft(reelId: string): ReelPlayback | null {
  const isOpen = playerStore.getState().track !== null;
  return isOpen && left?.reelId === reelId ? left.playback : null;
}

function usePlayback(reelId: string): ReelPlayback {
  const [playback] = useState(() => takeLeft(reelId) ?? new ReelPlayback(playerStore));
  useEffect(() => {
    playback.show();
    shown = playback;
    return () => {
      shown = null;
      playback.leave();
      if (playback.getState()) left = { reelId, playback };
    };
  }, [playback, reelId]);
  return playback;
}

export function useReelPlayback({ id: reelId, title, items }: ReelDetail): ReelPlaying {
  const { id } = useWorkspace();
  const playback = usePlayback(reelId);
  const state = useSyncExternalStore(playback.subscribe, playback.getState);
  const { track, isPlaying: isSounding, error } = usePlayer();
  const toPlayable = useCallback(
    ({ id: itemId, excerpt }: ReelItem, index: number): Playable => {
      const track = getStretch(id, excerpt);
      const place = `${index + 1} of ${items.length}`;
      const series = { title, place, href: paths.reel(id, reelId) };
      return { id: itemId, text: excerpt.text, track: track && { ...track, series } };
    },
    [id, reelId, title, items.length],
  );
  useEffect(() => playback.setItems(items.map(toPlayable)), [playback, items, toPlayable]);
  const current = items.find((item) => item.id === state?.itemId);
  const isOurs = track !== null && track.key === current?.excerpt.id;
  const isVoice = state?.phase === 'voice';
  return {
    itemId: state?.itemId ?? null,
    isPlaying: isVoice ? isOurs && isSounding : state !== null && state.phase !== 'held',
    isReading: state?.phase === 'reading' || (state?.phase === 'held' && !isOurs),
    error: isVoice && isOurs ? error : '',
    start: playback.start,
    toggle: playback.toggle,
    step: playback.step,
  };
}
