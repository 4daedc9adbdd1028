/** Plays an excerpt from two seconds before it, and stops after it. */

import { Tooltip } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import type { Excerpt } from '@/api';
import { ClipButton, playerStore } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { formatDuration } from '@/lib/time';
import classes from './ExcerptCard.module.css';
import { getTrack, getVoiceName, isPlayable } from './excerptFacts';

interface ExcerptPlayButtonProps {
  excerpt: Excerpt;
  size?: 'sm' | 'md' | 'lg';
}

export function ExcerptPlayButton({ excerpt, size = 'lg' }: ExcerptPlayButtonProps) {
  const { id } = useWorkspace();
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
  return <ClipButton track={getTrack(id, excerpt)} label={label} size={size} />;
}

/** Starts or stops an excerpt without its button, for the space key. */
export function togglePlaying(workspaceId: string, excerpt: Excerpt): void {
  if (!isPlayable(excerpt)) return;
  const { track, isPlaying } = playerStore.getState();
  if (isPlaying && track?.key === excerpt.id) playerStore.pause();
  else playerStore.play(getTrack(workspaceId, excerpt));
}
