/** Said of an excerpt that rests on doubtful words: listen first, or say that it is right. */

import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconEar, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Excerpt } from '@/api';
import { playerStore, useIsPlaying } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { isPlayable } from './excerptFacts';
import classes from './ListenFirst.module.css';
import { needsHearing, useExcerptTrack, useHearing } from './listenFirst';

interface ListenFirstProps {
  excerpt: Excerpt;
  onHeard?: () => void;
}

function PlayToTheEnd({ excerpt, onHeard }: ListenFirstProps) {
  const track = useExcerptTrack(excerpt, onHeard);
  const isPlaying = useIsPlaying(excerpt.id);
  if (!isPlayable(excerpt)) return null;
  const Icon = isPlaying ? IconPlayerPause : IconPlayerPlay;
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<Icon size={13} aria-hidden />}
      onClick={() => (isPlaying ? playerStore.pause() : playerStore.play(track))}
    >
      {isPlaying ? 'Pause' : 'Listen'}
    </Button>
  );
}

/** The two ways out; also where the words around them say what they are for. */
export function HearingActions({ excerpt, onHeard }: ListenFirstProps) {
  const { permissions } = useWorkspace();
  const hear = useHearing();
  if (!permissions.may_write_insights) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <PlayToTheEnd excerpt={excerpt} onHeard={onHeard} />
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconCheck size={13} aria-hidden />}
        onClick={() => void hear(excerpt, 'said', onHeard)}
      >
        It is right
      </Button>
    </Group>
  );
}

export function ListenFirst({ excerpt, onHeard }: ListenFirstProps) {
  if (!needsHearing(excerpt)) return null;
  return (
    <div className={classes.box} role="note">
      <Text size="sm" className={classes.words}>
        <IconEar size={15} aria-hidden className={classes.ear} />
        <b>Listen first.</b> The recogniser was unsure of words here.
      </Text>
      <HearingActions excerpt={excerpt} onHeard={onHeard} />
    </div>
  );
}
