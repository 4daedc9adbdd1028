/** The session's excerpts in reading order; the chosen one opens to be edited. */

import { IconQuote, IconStarFilled } from '@tabler/icons-react';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { Excerpt } from '@/api';
import { ExcerptPlayButton, FindSimilar, ListenFirst } from '@/features/evidence';
import { MemoCount, MemoThread, useMemoCounts } from '@/features/memos';
import { formatDuration } from '@/lib/time';
import { EmptyState, QuadrantBadge, TagBadge } from '@/ui';
import { CopyLink, ExcerptForm } from './ExcerptForm';
import classes from './ExcerptList.module.css';
import { isDraftId } from './excerptEditor';
import { getStripeColour } from './marks';
import { nameWithdrawn } from './playing/closedRecording';
import { useReviewing } from './reviews/reviewing';
import { BLOCK_ITEMS, useNearBlocks } from './useNearBlocks';
import { useEvidence, useWorkbench } from './workbench';

interface ExcerptFaceProps {
  excerpt: Excerpt;
  isActive: boolean;
  /** Whether it is near what is in sight: badges and buttons of hundreds would take seconds. */
  isNear: boolean;
  speaker: string | undefined;
  memoCount: number;
  onChoose: (excerptId: string) => void;
}

function ExcerptFace(props: ExcerptFaceProps) {
  const { excerpt, isActive, isNear, speaker, memoCount, onChoose } = props;
  const time = excerpt.start_ms === null ? '' : formatDuration(excerpt.start_ms);
  const facts = [excerpt.participant?.code_name ?? speaker, time].filter(Boolean).join(' · ');
  return (
    <button
      type="button"
      className={classes.face}
      aria-expanded={isActive}
      onClick={() => onChoose(excerpt.id)}
    >
      <span className={classes.facts}>
        {facts}
        {excerpt.is_key_quote ? (
          <>
            {' · '}
            <IconStarFilled size={11} aria-hidden /> Key quote
          </>
        ) : null}
        {memoCount ? ' · ' : null}
        <MemoCount count={memoCount} />
      </span>
      <span className={classes.quote} data-is-whole={isActive || undefined} dir="auto">
        {excerpt.text}
      </span>
      {isNear ? (
        <span className={classes.badges}>
          {excerpt.placings.map((placing) => (
            <QuadrantBadge
              key={placing.id}
              quadrant={placing.quadrant}
              aspect={placing.aspect}
              detail={placing.persona_name}
            />
          ))}
          {excerpt.tags.map((tag) => (
            <TagBadge key={tag.id} name={tag.name} colour={tag.colour} />
          ))}
        </span>
      ) : null}
    </button>
  );
}

function ExcerptDetail({ excerpt }: { excerpt: Excerpt }) {
  const { editor, dispatch, mayMark } = useWorkbench();
  const remove = () => {
    dispatch({ type: 'clear' });
    void editor.remove(excerpt.id);
  };
  return (
    <>
      {mayMark ? (
        <ExcerptForm excerpt={excerpt} onRemove={remove} />
      ) : (
        <>
          <CopyLink excerpt={excerpt} />
          <FindSimilar excerpt={excerpt} />
        </>
      )}
      <div className={classes.memos}>
        {isDraftId(excerpt.id) ? null : (
          <MemoThread subject={{ kind: 'excerpt', id: excerpt.id }} />
        )}
      </div>
    </>
  );
}

/** Said of an excerpt that stayed on an earlier version, with the way to decide about it. */
function EarlierVersion({ excerpt }: { excerpt: Excerpt }) {
  const { reviews, start } = useReviewing();
  const review = reviews.find((one) => one.excerpt.id === excerpt.id);
  return (
    <p className={classes.facts}>
      {review?.state === 'kept'
        ? 'Kept on an earlier version of the text, with its words and sound. '
        : 'Stayed on an earlier version of the text, with its words and sound. '}
      {review ? (
        <button type="button" className={classes.review} onClick={() => start(review.id)}>
          {review.state === 'open' ? 'Say where it belongs' : 'Look at it again'}
        </button>
      ) : null}
    </p>
  );
}

interface ItemProps extends ExcerptFaceProps {
  /** Whether its words are marked in the text that is shown. */
  isInText: boolean;
}

const Item = memo(function Item(props: ItemProps) {
  const { excerpt, isActive, isNear, isInText } = props;
  const { source } = useWorkbench();
  const itemRef = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) itemRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <li
      ref={itemRef}
      className={classes.item}
      data-is-active={isActive || undefined}
      data-excerpt={excerpt.id}
    >
      <span className={classes.stripe} style={{ background: getStripeColour(excerpt) }} />
      <div className={classes.row}>
        <ExcerptFace {...props} />
        {isNear && excerpt.has_audio && !source.is_closed ? (
          <ExcerptPlayButton excerpt={excerpt} size="sm" />
        ) : null}
      </div>
      {isNear ? <ListenFirst excerpt={excerpt} /> : null}
      {isInText ? null : <EarlierVersion excerpt={excerpt} />}
      {isActive ? <ExcerptDetail excerpt={excerpt} /> : null}
    </li>
  );
});

/** In reading order; those whose words are no longer in the text come last. */
function sortExcerpts(excerpts: readonly Excerpt[], transcriptId: string): Excerpt[] {
  return [...excerpts].sort(
    (a, b) =>
      Number(a.transcript_id !== transcriptId) - Number(b.transcript_id !== transcriptId) ||
      a.first_word_id - b.first_word_id ||
      b.last_word_id - a.last_word_id,
  );
}

function NoExcerpt() {
  const { source, mayMark } = useWorkbench();
  const icon = <IconQuote size={32} stroke={1.3} />;
  if (source.withdrawn.length) {
    return (
      <EmptyState icon={icon} title="No excerpt to show">
        {`Excerpts of what ${nameWithdrawn(source)} said are kept, and come back if they agree again.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title="No excerpt yet">
      {mayMark
        ? 'Choose words in the text with the mouse, or with Shift and arrows, then press 1–6 to place them on a quadrant.'
        : 'Excerpts that researchers mark in this text appear here.'}
    </EmptyState>
  );
}

export function ExcerptList() {
  const { transcript, session, source, faces, dispatch, text } = useWorkbench();
  const { excerpts, marks, marking } = useEvidence();
  const memoCounts = useMemoCounts(session.id).excerpts;
  const sorted = useMemo(() => {
    const own = excerpts.filter((one) => !one.source_id || one.source_id === source.id);
    return sortExcerpts(own, transcript.id);
  }, [excerpts, source.id, transcript.id]);
  const marked = useMemo(() => new Set(marks.map((mark) => mark.excerpt.id)), [marks]);
  const listRef = useRef<HTMLUListElement>(null);
  const near = useNearBlocks(listRef, sorted.length);
  const choose = useCallback(
    (excerptId: string) => dispatch({ type: 'activate', excerptId }),
    [dispatch],
  );
  if (sorted.length === 0) return <NoExcerpt />;
  return (
    <ul ref={listRef} className={classes.list} aria-label="Excerpts in order">
      {sorted.map((excerpt, index) => (
        <Item
          key={excerpt.id}
          excerpt={excerpt}
          isActive={excerpt.id === marking.activeId}
          isNear={
            excerpt.id === marking.activeId || (near?.has(Math.floor(index / BLOCK_ITEMS)) ?? true)
          }
          speaker={excerpt.speaker_id ? faces.get(excerpt.speaker_id)?.name : undefined}
          onChoose={choose}
          isInText={marked.has(excerpt.id) || !text.isWhole}
          memoCount={memoCounts[excerpt.id] ?? 0}
        />
      ))}
    </ul>
  );
}
