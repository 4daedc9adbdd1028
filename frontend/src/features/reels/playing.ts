/** How the excerpts of a reel are played: their own seconds and no more, or time to read them. */

import { type Excerpt, mediaUrl } from '@/api';
import type { Track } from '@/app/player';
import { getExcerptPath, getVoiceName, isPlayable } from '@/features/evidence';

/** A breath before and after, so that no word is cut. */
const MARGIN_MS = 200;
/** Between two voices. */
export const GAP_MS = 800;
const READING_MS_PER_WORD = 300;
const LEAST_READING_MS = 3000;

/** How long somebody takes to read what can't be heard, and to look up. */
export function getReadingMs(text: string): number {
  const words = text.trim().split(/\s+/).filter(Boolean).length;
  return Math.max(LEAST_READING_MS, 1500 + words * READING_MS_PER_WORD);
}

/** What plays of an excerpt in a reel; null where there is nothing to hear. */
export function getStretch(
  workspaceId: string,
  excerpt: Excerpt,
): (Track & { key: string }) | null {
  if (!isPlayable(excerpt) || excerpt.start_ms === null) return null;
  return {
    key: excerpt.id,
    sourceId: excerpt.source_id,
    mediaUrl: mediaUrl(workspaceId, excerpt.source_id),
    startMs: Math.max(0, excerpt.start_ms - MARGIN_MS),
    endMs: (excerpt.end_ms ?? excerpt.start_ms) + MARGIN_MS,
    title: getVoiceName(excerpt),
    subtitle: excerpt.session_title,
    href: getExcerptPath(workspaceId, excerpt),
  };
}
