/** What is heard now, large enough for a room, and the buttons that play the reel. */

import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconPlayerTrackNext, IconPlayerTrackPrev } from '@tabler/icons-react';
import type { ReelDetail } from '@/api';
import { getVoiceName, isPlayable, listPersonas, listPlacements } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { formatPeople, PlayButton, QuadrantBadge } from '@/ui';
import classes from './Reel.module.css';
import type { ReelPlaying } from './useReelPlayback';

interface ReelStageProps {
  reel: ReelDetail;
  playing: ReelPlaying;
}

/** "5 excerpts from 3 people, 2:05 to hear". */
function describeLength(reel: ReelDetail): string {
  const people = formatPeople(reel.people_count);
  const length = reel.length_ms > 0 ? `, ${formatDuration(reel.length_ms)} to hear` : '';
  return `${formatCount(reel.excerpt_count, 'excerpt')} from ${people}${length}`;
}

function Now({ reel, playing }: ReelStageProps) {
  const index = reel.items.findIndex((item) => item.id === playing.itemId);
  const excerpt = reel.items[index]?.excerpt;
  if (!excerpt) return <p className={classes.before}>{describeLength(reel)}</p>;
  const personas = listPersonas(excerpt).map((persona) => persona.name);
  return (
    <figure className={classes.now}>
      <blockquote className={classes.nowQuote} dir="auto">
        “{excerpt.text}”
      </blockquote>
      <figcaption className={classes.nowVoice}>
        <b>{getVoiceName(excerpt)}</b>
        {personas.length > 0 ? <span>{personas.join(', ')}</span> : null}
        {listPlacements(excerpt).map(({ key, quadrant, aspect, emotion }) => (
          <QuadrantBadge key={key} quadrant={quadrant} aspect={aspect} detail={emotion} />
        ))}
        {isPlayable(excerpt) ? null : <span>written, to be read</span>}
      </figcaption>
    </figure>
  );
}

/** At an end it goes nowhere, but a button that is disabled would lose the focus. */
function stepButton(isAtEnd: boolean) {
  return {
    variant: 'subtle',
    size: 'xl',
    'aria-disabled': isAtEnd || undefined,
    'data-disabled': isAtEnd || undefined,
  } as const;
}

export function ReelStage({ reel, playing }: ReelStageProps) {
  const index = reel.items.findIndex((item) => item.id === playing.itemId);
  const excerpt = reel.items[index]?.excerpt;
  return (
    <section className={classes.stage} aria-label="The reel">
      <Now reel={reel} playing={playing} />
      {/* A voice speaks for itself; what is only written is said to those who can't see it. */}
      <p role="status" className="only-for-screen-readers">
        {playing.isReading && excerpt ? `${getVoiceName(excerpt)} wrote: ${excerpt.text}` : ''}
      </p>
      {playing.error ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {playing.error} “Next” goes on with the next voice.
        </Text>
      ) : null}
      <Group gap="xs" wrap="nowrap">
        <Tooltip label="The one before">
          <ActionIcon
            {...stepButton(index < 1)}
            onClick={() => playing.step(-1)}
            aria-label="The one before"
          >
            <IconPlayerTrackPrev size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <PlayButton
          size="xl"
          isPlaying={playing.isPlaying}
          onClick={playing.toggle}
          label={index < 0 ? 'Play the reel' : 'Go on'}
        />
        <Tooltip label="Next">
          <ActionIcon
            {...stepButton(index < 0 || index === reel.items.length - 1)}
            onClick={() => playing.step(1)}
            aria-label="Next"
          >
            <IconPlayerTrackNext size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {index >= 0 ? (
          <Text size="sm" c="dimmed" className={classes.place}>
            {index + 1} of {reel.items.length}
          </Text>
        ) : null}
      </Group>
    </section>
  );
}
