/** The playback of a reel, for as long as its page is open. */

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReelItem } from '@/api';
import { playerStore, usePlayer } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
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

export function useReelPlayback(items: readonly ReelItem[]): ReelPlaying {
  const { id } = useWorkspace();
  const [playback] = useState(() => new ReelPlayback(playerStore));
  const state = useSyncExternalStore(playback.subscribe, playback.getState);
  const { track, isPlaying: isSounding, error } = usePlayer();
  const toPlayable = useCallback(
    ({ id: itemId, excerpt }: ReelItem): Playable => ({
      id: itemId,
      text: excerpt.text,
      track: getStretch(id, excerpt),
    }),
    [id],
  );
  useEffect(() => playback.setItems(items.map(toPlayable)), [playback, items, toPlayable]);
  useEffect(() => playback.stop, [playback]);
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
