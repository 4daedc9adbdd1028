/** The keys of playing on the session page: speed, going round, the picture. */

import { useEffect, useRef } from 'react';
import type { KeyHint } from '@/app/keysHelp';
import { playerStore } from '@/app/player';

export const PLAYING_KEYS: KeyHint[] = [
  { keys: ['<', '>'], does: 'Slower, faster: half to three times' },
  { keys: ['r'], does: 'Play the chosen words or excerpt again and again; again: go on' },
  { keys: ['z'], does: 'Skip silences, or hear them' },
  { keys: ['w', 'Shift W'], does: 'Watch: show or hide the picture; above or beside the text' },
];

interface PlayingKeys {
  onLoop: () => void;
  /** Undefined where there is no picture. */
  picture?: { toggle: () => void; move: () => void };
  hasSilences: boolean;
}

const TYPED_IN = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

function handleKey(event: KeyboardEvent, { onLoop, picture, hasSilences }: PlayingKeys): boolean {
  const { key } = event;
  if (key === '<') playerStore.stepRate(-1);
  else if (key === '>') playerStore.stepRate(1);
  else if (event.repeat) return false;
  else if (key === 'r') onLoop();
  else if (key === 'z' && hasSilences) {
    playerStore.skipSilence(!playerStore.getState().isSkippingSilence);
  } else if (key === 'w' && picture) picture.toggle();
  else if (key === 'W' && picture) picture.move();
  else return false;
  return true;
}

export function usePlayingKeys(keys: PlayingKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest?.(TYPED_IN)) return;
      if (handleKey(event, latest.current)) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
