/** The bar at the bottom that stays across pages while something plays. */

import { ActionIcon, Anchor, Group, Slider, Text, Tooltip } from '@mantine/core';
import {
  IconPlayerTrackNext,
  IconRewindBackward5,
  IconRewindForward5,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { formatDuration } from '@/lib/time';
import { PlayButton } from '@/ui';
import { useDockedSourceId } from './dock';
import classes from './PlayerBar.module.css';
import { getMediaElement, usePictureHome } from './picture';
import { playerStore, type Track } from './playerStore';
import { RateMenu } from './RateMenu';
import { usePlayer, usePlayerPosition } from './usePlayer';

function PositionSlider({ durationMs }: { durationMs: number }) {
  const positionMs = usePlayerPosition(250);
  return (
    <Group gap="xs" wrap="nowrap" className={classes.position}>
      <Text size="xs" c="dimmed" className={classes.time}>
        {formatDuration(positionMs)}
      </Text>
      <Slider
        className={classes.slider}
        size="sm"
        min={0}
        max={Math.max(durationMs, 1)}
        step={1000}
        value={positionMs}
        onChange={playerStore.seek}
        label={formatDuration}
        thumbLabel="Position in the recording"
      />
      <Text size="xs" c="dimmed" className={classes.time}>
        {formatDuration(durationMs)}
      </Text>
    </Group>
  );
}

/** What went wrong; or the reel that it is a part of; or where it was said. */
function Subtitle({ track, error }: { track: Track; error: string }) {
  const { series, subtitle } = track;
  if (series && !error) {
    return (
      <Anchor component={Link} to={series.href} size="xs" c="dimmed" display="block" truncate="end">
        {series.place} · {series.title}
      </Anchor>
    );
  }
  return (
    <Text size="xs" c={error ? 'var(--mantine-color-error)' : 'dimmed'} lineClamp={error ? 3 : 1}>
      {error || subtitle}
    </Text>
  );
}

export function PlayerBar() {
  const { track, isPlaying, hasVideo, durationMs, rate, error } = usePlayer();
  const pictureRef = useRef<HTMLDivElement>(null);
  usePictureHome(pictureRef);
  useEffect(() => playerStore.attach(getMediaElement()), []);
  const isDocked = track?.sourceId === useDockedSourceId() && !error;
  const isHidden = track === null || isDocked;
  return (
    <section
      className={classes.bar}
      aria-label="Player"
      hidden={isHidden}
      data-is-open={!isHidden || undefined}
    >
      <div ref={pictureRef} className={classes.picture} data-has-video={hasVideo || undefined} />
      {track ? (
        <>
          <div className={classes.about}>
            {track.href ? (
              <Anchor
                component={Link}
                to={track.href}
                size="sm"
                fw={600}
                display="block"
                truncate="end"
                c="inherit"
              >
                {track.title}
              </Anchor>
            ) : (
              <Text size="sm" fw={600} truncate="end">
                {track.title}
              </Text>
            )}
            <Subtitle track={track} error={error} />
          </div>
          <Group gap={6} wrap="nowrap">
            <Tooltip label="5 seconds back">
              <ActionIcon
                variant="subtle"
                size="lg"
                onClick={() => playerStore.skip(-5000)}
                aria-label="5 seconds back"
              >
                <IconRewindBackward5 size={19} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <PlayButton isPlaying={isPlaying} onClick={playerStore.toggle} label="Play" size="lg" />
            <Tooltip label="5 seconds on">
              <ActionIcon
                variant="subtle"
                size="lg"
                className={track.series?.next ? classes.spare : undefined}
                onClick={() => playerStore.skip(5000)}
                aria-label="5 seconds on"
              >
                <IconRewindForward5 size={19} aria-hidden />
              </ActionIcon>
            </Tooltip>
            {track.series?.next ? (
              <Tooltip label="Next voice">
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  onClick={track.series.next}
                  aria-label="Next voice"
                >
                  <IconPlayerTrackNext size={18} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </Group>
          <PositionSlider durationMs={durationMs} />
          <Group gap={2} wrap="nowrap" className={classes.end}>
            <RateMenu rate={rate} />
            <ActionIcon
              variant="subtle"
              size="lg"
              onClick={playerStore.close}
              aria-label="Close the player"
            >
              <IconX size={17} aria-hidden />
            </ActionIcon>
          </Group>
        </>
      ) : null}
    </section>
  );
}
