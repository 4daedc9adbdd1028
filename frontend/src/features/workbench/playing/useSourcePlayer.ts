/** Plays the source that is shown; before that, remembers where the page stands in it. */

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SessionDetail, Source, Transcript } from '@/api';
import { listSilences, playerStore, type Track } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';

interface Stretch {
  startMs: number;
  endMs?: number;
  isLooping?: boolean;
}

/** The track of a source without a place in it; null where there is nothing to hear. */
function useTrack(session: SessionDetail, { id: sourceId, media }: Source) {
  const { id } = useWorkspace();
  return useMemo<Omit<Track, 'startMs'> | null>(() => {
    if (!media?.media_url) return null;
    const { media_url, original_url, has_video } = media;
    const sound = { mediaUrl: media_url };
    // What is prepared for playing is the sound alone; the picture is in the original.
    const film = original_url ? { mediaUrl: original_url, fallbackUrl: media_url } : sound;
    return {
      ...(has_video ? film : sound),
      key: sourceId,
      sourceId,
      title: session.title,
      subtitle: session.study_title,
      href: paths.session(id, session.id),
    };
  }, [id, media, session.id, session.title, session.study_title, sourceId]);
}

/** What plays when a recording is closed falls silent. */
function useSilenceWhenClosed({ id, is_closed }: Source) {
  useEffect(() => {
    if (is_closed && playerStore.getState().track?.sourceId === id) playerStore.close();
  }, [id, is_closed]);
}

export function useSourcePlayer(session: SessionDetail, source: Source) {
  const [restMs, setRestMs] = useState(0);
  useSilenceWhenClosed(source);
  const track = useTrack(session, source);
  const play = useCallback(
    (stretch: Stretch) => {
      if (track) playerStore.play({ ...track, ...stretch });
    },
    [track],
  );
  const playFrom = useCallback(
    (startMs: number, endMs?: number) => play({ startMs, endMs }),
    [play],
  );
  const loop = useCallback(
    (startMs: number, endMs: number) => play({ startMs, endMs, isLooping: true }),
    [play],
  );
  const seek = useCallback(
    (positionMs: number) => {
      if (playerStore.getState().track?.sourceId === source.id) playerStore.seek(positionMs);
      else setRestMs(positionMs);
    },
    [source.id],
  );
  const toggle = useCallback(() => {
    if (playerStore.getState().track?.sourceId === source.id) playerStore.toggle();
    else playFrom(restMs);
  }, [playFrom, restMs, source.id]);
  return { playFrom, loop, seek, toggle, restMs, setRestMs };
}

export type SourcePlayer = ReturnType<typeof useSourcePlayer>;

/** Tells the player where nobody speaks; true where that is known. */
export function useSilences(source: Source, transcript: Transcript): boolean {
  const durationMs = source.media?.duration_ms ?? 0;
  const silences = useMemo(
    () => listSilences(transcript.speech as [number, number][], durationMs),
    [transcript.speech, durationMs],
  );
  useEffect(() => playerStore.setSilences(source.id, silences), [source.id, silences]);
  return silences.length > 0;
}
