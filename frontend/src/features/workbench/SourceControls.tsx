/** Play, position and waveform of the recording, above its text. */

import { Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { SessionDetail, Source } from '@/api';
import { playerStore, RateMenu, usePlayer, usePlayerDock } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatDuration } from '@/lib/time';
import { PlayButton } from '@/ui';
import { ListenFirstBar } from './listening/ListenFirstBar';
import type { Listening } from './listening/useListening';
import classes from './SourceControls.module.css';
import { useSourcePosition, Waveform } from './Waveform';
import { useEvidence, useWorkbench } from './workbench';

/** Plays this source; before that, remembers where the page stands in it. */
export function useSourcePlayer(session: SessionDetail, source: Source) {
  const { id } = useWorkspace();
  const [restMs, setRestMs] = useState(0);
  const { media } = source;
  const playFrom = useCallback(
    (startMs: number, endMs?: number) => {
      if (!media?.media_url) return;
      playerStore.play({
        key: source.id,
        sourceId: source.id,
        mediaUrl: media.media_url,
        startMs,
        endMs,
        title: session.title,
        subtitle: session.study_title,
        href: paths.session(id, session.id),
      });
    },
    [id, media?.media_url, session.id, session.title, session.study_title, source.id],
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
  return { playFrom, seek, toggle, restMs, setRestMs };
}

export type SourcePlayer = ReturnType<typeof useSourcePlayer>;

function Clock({
  sourceId,
  restMs,
  durationMs,
}: {
  sourceId: string;
  restMs: number;
  durationMs: number;
}) {
  const positionMs = useSourcePosition(sourceId, restMs);
  return (
    <Text size="sm" className={classes.clock}>
      {formatDuration(positionMs)}
      <Text component="span" size="sm" c="dimmed">
        {' '}
        / {formatDuration(durationMs)}
      </Text>
    </Text>
  );
}

interface SourceControlsProps {
  player: SourcePlayer;
  listening: Listening;
}

export function SourceControls({ player, listening }: SourceControlsProps) {
  const { source, dispatch } = useWorkbench();
  const { marks } = useEvidence();
  const { track, isPlaying, rate, error } = usePlayer();
  usePlayerDock(source.id);
  const durationMs = source.media?.duration_ms;
  if (!durationMs || !source.media?.media_url) return null;
  const isOurs = track?.sourceId === source.id;
  return (
    <section className={classes.controls} aria-label="Recording">
      <PlayButton isPlaying={isOurs && isPlaying} onClick={player.toggle} label="Play" size="xl" />
      <Clock sourceId={source.id} restMs={player.restMs} durationMs={durationMs} />
      <div className={classes.wave}>
        <Waveform
          sourceId={source.id}
          durationMs={durationMs}
          marks={marks}
          restMs={player.restMs}
          onSeek={player.seek}
          onExcerpt={(excerptId) => dispatch({ type: 'activate', excerptId })}
        />
      </div>
      <div className={classes.end}>
        <ListenFirstBar listening={listening} />
        <RateMenu rate={rate} />
      </div>
      {isOurs && error ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" className={classes.fault}>
          {error}
        </Text>
      ) : null}
    </section>
  );
}
