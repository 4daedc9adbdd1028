/** Excerpts that rest on doubtful words: whether somebody has listened, and noting that they did. */

import { useCallback } from 'react';
import { ApiError, clearHeard, type Excerpt, type HeardHow, setHeard } from '@/api';
import type { Track } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { getTrack } from './excerptFacts';
import { useFreshEvidence } from './useFreshEvidence';

/** Whether it can't enter an insight or a claim yet. */
export function needsHearing({ is_doubtful, heard_at }: Excerpt): boolean {
  return is_doubtful && heard_at === null;
}

/** The excerpts a refusal names; none where it was refused for another reason. */
export function listUnheard(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.code !== 'listen_first') return [];
  return error.fields.excerpt_ids ?? [];
}

const DONE: Record<HeardHow, string> = {
  played: 'Listened to: this excerpt can be used as evidence now.',
  said: 'Marked as right: this excerpt can be used as evidence now.',
};

/** Notes that an excerpt was listened to; says so, and can be undone. */
export function useHearing() {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  return useCallback(
    async (excerpt: Excerpt, how: HeardHow, onHeard?: () => void) => {
      const undo = async () => {
        try {
          await clearHeard(id, excerpt.id);
        } catch (error) {
          notifyFailure('It is still marked as heard.', error);
        }
        void refresh();
      };
      try {
        await setHeard(id, excerpt.id, how);
      } catch (error) {
        notifyFailure('That it was heard could not be saved.', error);
        return;
      }
      onHeard?.();
      notifyWithUndo({ message: DONE[how], onUndo: undo });
      void refresh();
    },
    [id, refresh],
  );
}

/** How an excerpt plays; played to its end, a doubtful one counts as heard. */
export function useExcerptTrack(excerpt: Excerpt, onHeard?: () => void): Track & { key: string } {
  const { id, permissions } = useWorkspace();
  const hear = useHearing();
  const track = getTrack(id, excerpt);
  if (!needsHearing(excerpt) || !permissions.may_write_insights) return track;
  return { ...track, onEnd: () => void hear(excerpt, 'played', onHeard) };
}
