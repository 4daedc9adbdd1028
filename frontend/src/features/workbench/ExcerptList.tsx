/** The session's excerpts in reading order; the chosen one opens to be edited. */

import { Group, Text } from '@mantine/core';
import { IconQuote, IconStarFilled } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import type { Excerpt, Persona } from '@/api';
import { ClipButton } from '@/app/player';
import { formatDuration } from '@/lib/time';
import { EmptyState, QuadrantBadge, TagBadge } from '@/ui';
import { CopyLink, ExcerptForm } from './ExcerptForm';
import classes from './ExcerptList.module.css';
import { getStripeColour } from './marks';
import { useWorkbench } from './workbench';

interface ExcerptFaceProps {
  excerpt: Excerpt;
  isActive: boolean;
  speakerName: string;
  personas: readonly Persona[];
  onChoose: (excerptId: string) => void;
}

const ExcerptFace = memo(function ExcerptFace(props: ExcerptFaceProps) {
  const { excerpt, isActive, speakerName, personas, onChoose } = props;
  const time = excerpt.start_ms === null ? '' : formatDuration(excerpt.start_ms);
  return (
    <button
      type="button"
      className={classes.face}
      aria-expanded={isActive}
      onClick={() => onChoose(excerpt.id)}
    >
      <Text size="xs" c="dimmed">
        {[speakerName, time].filter(Boolean).join(' · ')}
        {excerpt.is_key_quote ? (
          <>
            {' · '}
            <IconStarFilled size={11} aria-hidden /> Key quote
          </>
        ) : null}
      </Text>
      <Text className={classes.quote} lineClamp={isActive ? undefined : 3} dir="auto">
        {excerpt.text}
      </Text>
      <span className={classes.badges}>
        {excerpt.placings.map((placing) => (
          <QuadrantBadge
            key={placing.quadrant}
            quadrant={placing.quadrant}
            aspect={placing.aspect}
            detail={
              placing.persona_name ?? personas.find(({ id }) => id === placing.persona_id)?.name
            }
          />
        ))}
        {excerpt.tags.map((tag) => (
          <TagBadge key={tag.id} name={tag.name} colour={tag.colour} />
        ))}
      </span>
    </button>
  );
});

function PlayExcerpt({ excerpt }: { excerpt: Excerpt }) {
  const { source, session } = useWorkbench();
  if (excerpt.start_ms === null || !source.media?.media_url) return null;
  const track = {
    key: excerpt.id,
    sourceId: source.id,
    mediaUrl: source.media.media_url,
    startMs: excerpt.start_ms,
    endMs: excerpt.end_ms ?? undefined,
    title: session.title,
    subtitle: excerpt.text,
  };
  const label = `Play from ${formatDuration(excerpt.start_ms)}`;
  return <ClipButton track={track} label={label} size="sm" />;
}

function Item({ excerpt, isActive }: { excerpt: Excerpt; isActive: boolean }) {
  const { faces, personas, dispatch, editor, mayMark, transcript, marks } = useWorkbench();
  const itemRef = useRef<HTMLLIElement>(null);
  const chooseRef = useRef((excerptId: string) => dispatch({ type: 'activate', excerptId }));
  useEffect(() => {
    if (isActive) itemRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const isInText =
    excerpt.transcript_id === transcript.id && marks.some((mark) => mark.excerpt.id === excerpt.id);
  const speakerName =
    excerpt.participant?.code_name ??
    (excerpt.speaker_id ? (faces.get(excerpt.speaker_id)?.name ?? '') : '');
  return (
    <li
      ref={itemRef}
      className={classes.item}
      data-is-active={isActive || undefined}
      data-excerpt={excerpt.id}
    >
      <span className={classes.stripe} style={{ background: getStripeColour(excerpt) }} />
      <Group gap={6} wrap="nowrap" align="flex-start">
        <ExcerptFace
          excerpt={excerpt}
          isActive={isActive}
          speakerName={speakerName}
          personas={personas}
          onChoose={chooseRef.current}
        />
        <PlayExcerpt excerpt={excerpt} />
      </Group>
      {isInText ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          Marked in an earlier version of the text; its words are kept here.
        </Text>
      )}
      {isActive && mayMark ? (
        <ExcerptForm
          excerpt={excerpt}
          onRemove={() => {
            dispatch({ type: 'clear' });
            void editor.remove(excerpt.id);
          }}
        />
      ) : null}
      {isActive && !mayMark ? <CopyLink excerpt={excerpt} /> : null}
    </li>
  );
}

/** In reading order; those whose words are no longer in the text come last. */
function sortExcerpts(excerpts: readonly Excerpt[], transcriptId: string): Excerpt[] {
  return [...excerpts].sort(
    (a, b) =>
      Number(a.transcript_id !== transcriptId) - Number(b.transcript_id !== transcriptId) ||
      a.first_word_id - b.first_word_id ||
      b.last_word_id - a.last_word_id,
  );
}

export function ExcerptList() {
  const { excerpts, marking, transcript, source, mayMark } = useWorkbench();
  const own = excerpts.filter((one) => !one.source_id || one.source_id === source.id);
  if (own.length === 0) {
    return (
      <EmptyState icon={<IconQuote size={32} stroke={1.3} />} title="No excerpt yet">
        {mayMark
          ? 'Choose words in the text with the mouse, or with Shift and arrows, then press 1–6 to place them on a quadrant.'
          : 'Excerpts that researchers mark in this text appear here.'}
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list} aria-label="Excerpts in order">
      {sortExcerpts(own, transcript.id).map((excerpt) => (
        <Item key={excerpt.id} excerpt={excerpt} isActive={excerpt.id === marking.activeId} />
      ))}
    </ul>
  );
}
