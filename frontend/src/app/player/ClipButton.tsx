/** Plays one stretch of a recording, and stops it when pressed again. */

import { PlayButton } from '@/ui';
import { playerStore, type Track } from './playerStore';
import { useIsPlaying } from './usePlayer';

interface ClipButtonProps {
  /** `key` tells this clip from others; use the excerpt's id. */
  track: Track & { key: string };
  label: string;
  size?: 'sm' | 'md' | 'lg';
}

export function ClipButton({ track, label, size }: ClipButtonProps) {
  const isPlaying = useIsPlaying(track.key);
  const toggle = () => (isPlaying ? playerStore.pause() : playerStore.play(track));
  return <PlayButton isPlaying={isPlaying} onClick={toggle} label={label} size={size} />;
}
