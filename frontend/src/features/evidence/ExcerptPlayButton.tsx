/** Plays an excerpt from two seconds before it, and stops after it. */

import { Tooltip } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import type { Excerpt } from '@/api';
import { ClipButton, playerStore } from '@/app/player';
import { formatDuration } from '@/lib/time';
import classes from './ExcerptCard.module.css';
import { getVoiceName, isPlayable } from './excerptFacts';
import { useExcerptTrack } from './listenFirst';

interface ExcerptPlayButtonProps {
  excerpt: Excerpt;
  size?: 'sm' | 'md' | 'lg';
}

export function ExcerptPlayButton({ excerpt, size = 'lg' }: ExcerptPlayButtonProps) {
  const track = useExcerptTrack(excerpt);
  if (!isPlayable(excerpt)) {
    return (
      <Tooltip label="Written notes; there is no recording">
        <span className={classes.silent} data-size={size}>
          <IconNotes size={size === 'sm' ? 13 : 18} aria-hidden />
          <span className="only-for-screen-readers">Written notes, no recording</span>
        </span>
      </Tooltip>
    );
  }
  const label = `Play ${getVoiceName(excerpt)} at ${formatDuration(excerpt.start_ms ?? 0)}`;
  return <ClipButton track={track} label={label} size={size} />;
}

/** Starts or stops an excerpt without its button, for the space key. */
export function useTogglePlaying(excerpt: Excerpt): () => void {
  const own = useExcerptTrack(excerpt);
  return () => {
    if (!isPlayable(excerpt)) return;
    const { track, isPlaying } = playerStore.getState();
    if (isPlaying && track?.key === excerpt.id) playerStore.pause();
    else playerStore.play(own);
  };
}
