/** The strip of speaker fixing: whose turn it is, whom it can be given to, and the way back. */

import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import type { Speaker, SpeakerScope } from '@/api';
import { usePlayer } from '@/app/player';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { PlayButton } from '@/ui';
import { useWorkbench } from '../workbench';
import { useSpeakerFixing } from './fixing';
import { SCOPES } from './SpeakerButton';
import { SpeakerMenu } from './SpeakerMenu';
import classes from './SpeakerStrip.module.css';
import { getSpeakerColour } from './speakers';
import { formatShare, useTalkShare } from './talkShare';
import { findTurn } from './turns';

function PlayTurn() {
  const { source, transcript } = useWorkbench();
  const { togglePlay } = useSpeakerFixing();
  const { isPlaying, track } = usePlayer();
  if (!transcript.has_audio) return null;
  return (
    <PlayButton
      size="lg"
      label="Play this turn"
      isPlaying={isPlaying && track?.sourceId === source.id}
      onClick={togglePlay}
    />
  );
}

/** Where one stands, to see and to be told. */
function Place() {
  const { text, faces } = useWorkbench();
  const { cursor, turns, message } = useSpeakerFixing();
  const at = findTurn(turns, cursor);
  const turn = turns[at];
  const segment = text.segments[cursor];
  if (!turn || !segment) return null;
  const name = turn.speakerId ? (faces.get(turn.speakerId)?.name ?? '') : 'nobody named';
  const isPart = cursor > turn.first;
  return (
    <div className={classes.place}>
      <Text size="sm" fw={600} component="p" m={0}>
        Who speaks here?
      </Text>
      <p className={classes.where}>
        {segment.startMs === null ? null : `${formatDuration(segment.startMs)} · `}
        <span role="status">{message}</span>
        {message ? null : segment.isSuggested ? `perhaps ${name}` : name}
        {isPart && !message ? ' · from here to the end of the turn' : ''}
      </p>
      <span aria-live="polite" className="only-for-screen-readers">
        {`Turn ${at + 1} of ${formatCount(turns.length, 'turn')}: `}
        {`${segment.isSuggested ? 'perhaps ' : ''}${name}: ${segment.words.slice(0, 8).join(' ')}`}
      </span>
    </div>
  );
}

function Choice({ speaker, share }: { speaker: Speaker; share: number | undefined }) {
  const { faces } = useWorkbench();
  const { give, cursor } = useSpeakerFixing();
  const { text } = useWorkbench();
  const face = faces.get(speaker.id);
  const isTheirs = text.segments[cursor]?.speakerId === speaker.id;
  return (
    <li className={classes.choice} data-is-theirs={isTheirs || undefined}>
      <button
        type="button"
        className={classes.give}
        aria-pressed={isTheirs}
        aria-keyshortcuts={face && face.number <= 9 ? `${face.number}` : undefined}
        onClick={() => give(speaker.id)}
      >
        <span
          className={classes.number}
          style={{ background: getSpeakerColour(face?.number) }}
          aria-hidden
        >
          {face?.number}
        </span>
        <span className={classes.name}>{face?.name ?? speaker.label}</span>
        {share === undefined ? null : <span className={classes.share}>{formatShare(share)}</span>}
      </button>
      <SpeakerMenu speaker={speaker} />
    </li>
  );
}

function Choices() {
  const { source } = useWorkbench();
  const { giveToNew } = useSpeakerFixing();
  const { data } = useTalkShare();
  return (
    <ul className={classes.choices} aria-label="Speakers">
      {source.speakers.map((speaker) => (
        <Choice
          key={speaker.id}
          speaker={speaker}
          share={data?.speakers.find((one) => one.speaker_id === speaker.id)?.share}
        />
      ))}
      <li className={classes.choice}>
        <button type="button" className={classes.give} aria-keyshortcuts="n" onClick={giveToNew}>
          <IconPlus size={16} aria-hidden />
          <span className={classes.name}>New speaker</span>
        </button>
      </li>
    </ul>
  );
}

/** What to hold down for it, and for the first what goes without saying. */
const MODIFIERS: Partial<Record<SpeakerScope, string>> = { onward: 'Shift', voice: 'Alt' };

function ScopeChoice() {
  const { scope, setScope } = useSpeakerFixing();
  return (
    <SegmentedControl
      size="xs"
      className={classes.scope}
      aria-label="What the next choice changes"
      data={SCOPES.map(({ value, label }) => ({
        value,
        label: (
          <>
            {label}{' '}
            {MODIFIERS[value] ? <kbd className={classes.key}>{MODIFIERS[value]}</kbd> : null}
          </>
        ),
      }))}
      value={scope}
      onChange={(value) => setScope(value as SpeakerScope)}
    />
  );
}

export function SpeakerStrip({ onPointerDone }: { onPointerDone: () => void }) {
  const { isOn, canUndo, undo, stop } = useSpeakerFixing();
  if (!isOn) return null;
  return (
    // Keys go on where they were after a click; who came here by keyboard stays.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys need nothing brought back
    <section
      className={classes.strip}
      aria-label="Fix speakers"
      onClick={(event) => {
        const isChoice = (event.target as HTMLElement).closest(`.${classes.give}, label`);
        if (event.detail > 0 && isChoice) onPointerDone();
      }}
    >
      <div className={classes.head}>
        <PlayTurn />
        <Place />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} className={classes.undoIcon} aria-hidden />}
          aria-keyshortcuts="Control+Z"
          disabled={!canUndo}
          onClick={undo}
        >
          Undo
        </Button>
        <Button size="xs" onClick={stop}>
          Done
        </Button>
      </div>
      <div className={classes.reach}>
        <ScopeChoice />
        <p className={classes.hint}>
          <kbd>↑↓</kbd> turns · <kbd>Space</kbd> play · <kbd>Enter</kbd> right
        </p>
      </div>
      <Choices />
    </section>
  );
}
