/** Playing the chosen words again and again, on and off. */

import { useCallback } from 'react';
import { playerStore, usePlayer } from '@/app/player';
import type { Evidence, Workbench } from '../workbench';
import { findLoopStretch, type LoopStretch } from './looping';
import type { SourcePlayer } from './useSourcePlayer';

export interface Loop {
  /** What goes round now. */
  current: LoopStretch | null;
  /** What would go round: chosen words, or the chosen excerpt. */
  chosen: LoopStretch | null;
  /** Loops what is chosen; what goes round already goes on past its end instead. */
  toggle: () => void;
}

export function useLoop({ source, text }: Workbench, evidence: Evidence, player: SourcePlayer) {
  const { track } = usePlayer();
  const { loop } = player;
  const isOurs = track?.sourceId === source.id && track.isLooping;
  const current = isOurs ? { startMs: track.startMs, endMs: track.endMs ?? 0 } : null;
  const chosen = findLoopStretch(text, evidence.marking, evidence.marks);
  const isSame = chosen?.startMs === current?.startMs && chosen?.endMs === current?.endMs;
  const toggle = useCallback(() => {
    if (current && (isSame || !chosen)) playerStore.stopLoop();
    else if (chosen) loop(chosen.startMs, chosen.endMs);
  }, [current, chosen, isSame, loop]);
  return { current, chosen, toggle } satisfies Loop;
}
