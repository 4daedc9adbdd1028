/** Play, position and waveform of the recording, above its text. */

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconMovie, IconRepeat } from '@tabler/icons-react';
import { RateMenu, usePlayer, usePlayerDock } from '@/app/player';
import { formatDuration } from '@/lib/time';
import { PlayButton } from '@/ui';
import { ListenFirstBar } from './listening/ListenFirstBar';
import type { Listening } from './listening/useListening';
import { PicturePanel } from './playing/PicturePanel';
import playing from './playing/Playing.module.css';
import type { Loop } from './playing/useLoop';
import type { Picture } from './playing/usePicture';
import type { SourcePlayer } from './playing/useSourcePlayer';
import classes from './SourceControls.module.css';
import { useSourcePosition, Waveform } from './Waveform';
import { useEvidence, useWorkbench } from './workbench';

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

function LoopButton({ loop }: { loop: Loop }) {
  if (loop.current) {
    const { startMs, endMs } = loop.current;
    const stretch = `${formatDuration(startMs)}–${formatDuration(endMs)}`;
    return (
      <Tooltip label="Go on past the end (r)">
        <Button
          size="compact-sm"
          variant="light"
          className={playing.loop}
          leftSection={<IconRepeat size={15} aria-hidden />}
          aria-label={`Again and again: ${stretch}. Go on instead`}
          aria-keyshortcuts="r"
          onClick={loop.toggle}
        >
          {stretch}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={loop.chosen ? 'Again and again (r)' : 'Choose words to hear again and again'}>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label="Play the chosen words again and again"
        aria-keyshortcuts="r"
        aria-disabled={!loop.chosen || undefined}
        style={loop.chosen ? undefined : { opacity: 0.55 }}
        onClick={loop.toggle}
      >
        <IconRepeat size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function ShowPicture({ picture }: { picture: Picture }) {
  return (
    <Tooltip label="Show the picture (w)">
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label="Show the picture"
        aria-keyshortcuts="w"
        onClick={picture.toggle}
      >
        <IconMovie size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface SourceControlsProps {
  player: SourcePlayer;
  listening: Listening;
  loop: Loop;
  picture: Picture | undefined;
  hasSilences: boolean;
}

export function SourceControls(props: SourceControlsProps) {
  const { player, listening, loop, picture, hasSilences } = props;
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
        <LoopButton loop={loop} />
        <RateMenu rate={rate} hasSilences={hasSilences} />
        {picture && !picture.isShown ? <ShowPicture picture={picture} /> : null}
      </div>
      {isOurs && error ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" className={classes.fault}>
          {error}
        </Text>
      ) : null}
      {picture?.isShown && picture.place === 'top' ? (
        <PicturePanel picture={picture} onToggle={player.toggle} />
      ) : null}
    </section>
  );
}
