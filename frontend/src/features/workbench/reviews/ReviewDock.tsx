/** One excerpt under review: as it was and as it is proposed, side by side, under the text. */

import { ActionIcon, Button, Group, Kbd, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { Review } from '@/api';
import { ClipButton, type Track } from '@/app/player';
import { formatDuration } from '@/lib/time';
import { useSpeakerFixing } from '../speakers/fixing';
import { getRangeText, getRangeTimes } from '../transcriptText';
import { ComparedText } from '../versions/ComparedText';
import { useWorkbench } from '../workbench';
import { markChanges } from './markChanges';
import classes from './ReviewDock.module.css';
import { type Reviewing, useReviewing } from './reviewing';

/** A little before and after, so that a voice doesn't begin in the middle of a breath. */
const LEAD_MS = 500;

const OUTCOMES: Record<Review['outcome'], string> = {
  reworded: 'the new version says it in other words',
  uncertain: 'where it belongs in the new version is not certain',
};

interface SideProps {
  title: string;
  side: 'old' | 'new';
  pieces: ReturnType<typeof markChanges>['old'];
  times: { startMs: number | null; endMs: number | null };
  clipKey: string;
  nothing?: string;
}

function useTrack(clipKey: string, { startMs, endMs }: SideProps['times']) {
  const { source, session } = useWorkbench();
  const { media } = source;
  if (startMs === null || !media?.media_url) return null;
  const track: Track & { key: string } = {
    key: clipKey,
    sourceId: source.id,
    mediaUrl: media.media_url,
    startMs: Math.max(0, startMs - LEAD_MS),
    endMs: endMs === null ? undefined : endMs + LEAD_MS,
    title: session.title,
  };
  return track;
}

function Side({ title, side, pieces, times, clipKey, nothing }: SideProps) {
  const track = useTrack(clipKey, times);
  const at = times.startMs === null ? '' : formatDuration(times.startMs);
  return (
    <div className={classes.side}>
      <Group gap={8} wrap="nowrap">
        {track ? (
          <ClipButton track={track} size="sm" label={`Play ${title.toLowerCase()}, at ${at}`} />
        ) : null}
        <Text size="xs" fw={600}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {at}
        </Text>
      </Group>
      {pieces.length ? (
        <ComparedText pieces={pieces} side={side} />
      ) : (
        <Text size="sm" c="dimmed" mt={4}>
          {nothing}
        </Text>
      )}
    </div>
  );
}

/** Words as they hang in the text now, else as they are proposed. */
function readNewText(review: Review, { place }: Reviewing, shown: string): string {
  if (review.state === 'kept') return '';
  return place ? shown : review.proposed_text;
}

function Sides({ review, reviewing }: { review: Review; reviewing: Reviewing }) {
  const { text } = useWorkbench();
  const { place } = reviewing;
  const shown = place ? getRangeText(text, place) : '';
  const marked = markChanges(review.old_text, readNewText(review, reviewing, shown));
  const own = { startMs: review.start_ms, endMs: review.end_ms };
  return (
    <div className={classes.sides}>
      <Side
        title="As it was marked"
        side="old"
        pieces={marked.old}
        times={own}
        clipKey={`review-old-${review.id}`}
      />
      <Side
        title={review.state === 'accepted' ? 'In the text now' : 'Proposed in the text now'}
        side="new"
        pieces={marked.new}
        times={place ? getRangeTimes(text, place) : { startMs: null, endMs: null }}
        clipKey={`review-new-${review.id}`}
        nothing={
          review.state === 'kept'
            ? 'It stays on the earlier version, with its words and its sound.'
            : 'Nothing like it was found. Choose its words in the text, or keep it as it was.'
        }
      />
    </div>
  );
}

function Key({ children }: { children: string }) {
  return (
    <Kbd size="xs" className={classes.key} aria-hidden>
      {children}
    </Kbd>
  );
}

function Decisions({ review, reviewing }: { review: Review; reviewing: Reviewing }) {
  const { accept, acceptChosen, keep, undo, isSaving } = reviewing;
  if (review.state !== 'open') {
    const who = review.resolved_by ? ` by ${review.resolved_by.name}` : '';
    return (
      <Group gap="xs">
        <Text size="sm">
          {review.state === 'accepted' ? 'Accepted' : 'Kept as it was'}
          {who}
        </Text>
        <Button size="compact-sm" variant="default" loading={isSaving} onClick={undo}>
          Undo <Key>u</Key>
        </Button>
      </Group>
    );
  }
  const hasProposal = review.proposed_first_word_id !== null;
  return (
    <Group gap="xs">
      <Button size="compact-sm" disabled={!hasProposal || isSaving} onClick={accept}>
        Accept <Key>a</Key>
      </Button>
      <Button size="compact-sm" variant="default" disabled={isSaving} onClick={acceptChosen}>
        Use words chosen in the text <Key>o</Key>
      </Button>
      <Button size="compact-sm" variant="default" disabled={isSaving} onClick={keep}>
        Keep as it was <Key>x</Key>
      </Button>
    </Group>
  );
}

function Head({ review, reviewing }: { review: Review; reviewing: Reviewing }) {
  const { reviews, openCount, step, stop } = reviewing;
  const at = reviews.indexOf(review) + 1;
  const left = openCount ? `${openCount} still open` : 'All looked at';
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text size="sm">
        <b>
          Review {at} of {reviews.length}
        </b>
        <Text span size="sm" c="dimmed">
          {` · ${review.state === 'open' ? OUTCOMES[review.outcome] : left}`}
        </Text>
      </Text>
      <Group gap={2} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          aria-label="Excerpt before"
          title="Excerpt before (k)"
          onClick={() => step(-1)}
        >
          <IconChevronUp size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label="Next excerpt"
          title="Next excerpt (j)"
          onClick={() => step(1)}
        >
          <IconChevronDown size={17} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label="Close the review" onClick={stop}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  );
}

function AcceptAll({ reviewing }: { reviewing: Reviewing }) {
  const { rewordedCount, acceptReworded, isSaving } = reviewing;
  if (rewordedCount < 2) return null;
  return (
    <Button size="compact-sm" variant="subtle" disabled={isSaving} onClick={acceptReworded}>
      Accept all {rewordedCount} that only have other words
    </Button>
  );
}

export function ReviewDock() {
  const reviewing = useReviewing();
  const fixing = useSpeakerFixing();
  const { mayMark } = useWorkbench();
  const { current: review, message } = reviewing;
  if (!review || fixing.isOn) return null;
  return (
    <section className={classes.dock} aria-label="Review of excerpts in the new version">
      <Head review={review} reviewing={reviewing} />
      <Sides review={review} reviewing={reviewing} />
      <Group justify="space-between" gap="xs">
        {mayMark ? (
          <Group gap="xs">
            <Decisions review={review} reviewing={reviewing} />
            <AcceptAll reviewing={reviewing} />
          </Group>
        ) : (
          <span />
        )}
        <Text size="sm" role="status" c="dimmed">
          {message}
        </Text>
      </Group>
    </section>
  );
}
