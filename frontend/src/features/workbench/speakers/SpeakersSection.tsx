/** Who speaks in this source, and how much: to read beside the text. */

import { Button, Group, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { SpeakerShare } from '@/api';
import { formatCount } from '@/lib/text';
import { formatDuration, formatHeard } from '@/lib/time';
import { ErrorNotice, Loading } from '@/ui';
import type { TranscriptText } from '../transcriptText';
import { useWorkbench } from '../workbench';
import { FindSpeakers } from './FindSpeakers';
import { useSpeakerFixing, useSpeakerTools } from './fixing';
import { SpeakerMenu } from './SpeakerMenu';
import classes from './SpeakersSection.module.css';
import { EVIDENCE_RULE, getSpeakerColour, ROLE_NAMES } from './speakers';
import { formatShare, useTalkShare } from './talkShare';

/** Speech as people say it: "48 s", "12 min". */
function formatSpeech(speechMs: number): string {
  return speechMs < 60_000 ? `${Math.round(speechMs / 1000)} s` : formatHeard(speechMs);
}

function describeTurns(share: SpeakerShare, hasAudio: boolean): string {
  const parts = [formatCount(share.turn_count, 'turn')];
  if (hasAudio) {
    parts.unshift(formatSpeech(share.speech_ms));
    parts.push(`longest ${formatDuration(share.longest_turn_ms)}`);
  }
  return parts.join(' · ');
}

function ShareRow({ share, isCounted }: { share: SpeakerShare; isCounted: boolean }) {
  const { source, faces, mayMark, transcript } = useWorkbench();
  const speaker = source.speakers.find((one) => one.id === share.speaker_id);
  const face = share.speaker_id ? faces.get(share.speaker_id) : undefined;
  const name = face?.name ?? (share.speaker_id ? share.label : 'Nobody named');
  const role = speaker && ROLE_NAMES[speaker.role];
  return (
    <li className={classes.speaker}>
      <div className={classes.line}>
        <span className={classes.name}>{name}</span>
        {role && role !== name ? <span className={classes.role}>{role}</span> : null}
        {isCounted ? <span className={classes.share}>{formatShare(share.share)}</span> : null}
        {speaker && mayMark ? <SpeakerMenu speaker={speaker} /> : null}
      </div>
      {isCounted ? (
        <div className={classes.bar} aria-hidden>
          <div
            style={{
              width: `${share.share * 100}%`,
              background: getSpeakerColour(face?.number),
            }}
          />
        </div>
      ) : null}
      <Text size="xs" c="dimmed">
        {describeTurns(share, transcript.has_audio)}
      </Text>
    </li>
  );
}

function countSuggested({ segments }: TranscriptText): number {
  return segments.filter(({ isSuggested }) => isSuggested).length;
}

/** Above the text, for as long as somebody should check who speaks. */
export function SuggestionHint() {
  const { source, text, mayMark } = useWorkbench();
  const { isOn } = useSpeakerFixing();
  const { start } = useSpeakerTools();
  if (
    !mayMark ||
    isOn ||
    source.is_closed ||
    source.speakers.length < 2 ||
    countSuggested(text) === 0
  )
    return null;
  return (
    <Group gap="xs" className={classes.hint}>
      <Text size="sm" c="dimmed">
        Who speaks is suggested by how voices sound, and marked “?”.
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        aria-keyshortcuts="s"
        rightSection={<kbd className={classes.key}>s</kbd>}
        onClick={() => start()}
      >
        Fix speakers
      </Button>
    </Group>
  );
}

function Shares() {
  const { data, error, refetch } = useTalkShare();
  if (error && !data) {
    return (
      <ErrorNotice
        title="How much each speaker says could not be loaded."
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Loading label="Counting who says how much" rows={2} rowHeight={40} />;
  const heard = data.speakers.filter((share) => share.turn_count > 0);
  const isCounted = heard.length > 1;
  return (
    <ul className={classes.speakers}>
      {heard.map((share) => (
        <ShareRow key={share.speaker_id ?? 'nobody'} share={share} isCounted={isCounted} />
      ))}
    </ul>
  );
}

export function SpeakersSection() {
  const { source, text, mayMark } = useWorkbench();
  const { start } = useSpeakerTools();
  if (text.segments.length === 0) return null;
  const suggested = countSuggested(text);
  return (
    <section aria-labelledby="speakers">
      <Title order={2} size="h4" mb={4} id="speakers">
        Speakers
      </Title>
      <Shares />
      {suggested && mayMark ? (
        <Text size="sm" mt={8}>
          {suggested === text.segments.length ? 'All' : `${suggested} of ${text.segments.length}`}{' '}
          passages have a speaker that is only suggested, marked “?”.
        </Text>
      ) : null}
      <Text size="xs" c="dimmed" mt={10}>
        {EVIDENCE_RULE}
      </Text>
      {mayMark && !source.is_closed ? (
        <Group gap="xs" mt={10}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUsers size={15} aria-hidden />}
            aria-keyshortcuts="s"
            onClick={() => start()}
          >
            Fix speakers
          </Button>
          {source.kind === 'recording' && source.withdrawn.length === 0 ? <FindSpeakers /> : null}
        </Group>
      ) : null}
    </section>
  );
}
