/** One segment: who speaks and when, its text as a single text node, stripes of its excerpts. */

import { IconNote, IconPlayerPlayFilled } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { DoubtSign } from './listening/DoubtSign';
import type { DoubtReason } from './listening/doubts';
import type { Stripe } from './marks';
import classes from './Transcript.module.css';

const CHARACTERS_A_LINE = 68;
const LINE_PX = 28;
const LANES_SHOWN = 4;

export interface TranscriptRowProps {
  index: number;
  text: string;
  startMs: number | null;
  /** Shown where the voice changes. */
  speaker: ReactNode;
  speakerKey: string;
  isModerator: boolean;
  /** While speakers are fixed: here one stands, or the next choice reaches this too. */
  fixing: 'current' | 'reached' | undefined;
  /** Why some of it should be listened to first. */
  doubt: DoubtReason | undefined;
  /** Memos on this passage and on excerpts that begin in it. */
  memoCount: number;
  stripes: readonly Stripe[];
  activeId: string | null;
  onPlayFrom: (startMs: number) => void;
  onStripe: (excerptId: string) => void;
  onMemos: (index: number) => void;
}

function StripeMark({
  stripe,
  isActive,
  onStripe,
}: {
  stripe: Stripe;
  isActive: boolean;
  onStripe: (excerptId: string) => void;
}) {
  // The panel's list is the way for keyboards and screen readers; here it would be a second one.
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      title={stripe.label}
      className={classes.stripe}
      data-is-active={isActive || undefined}
      onClick={() => onStripe(stripe.excerptId)}
      style={{
        top: `round(down, ${stripe.from * 100}%, 1lh)`,
        bottom: `calc(100% - round(up, ${stripe.to * 100}%, 1lh))`,
        left: `${(stripe.lane % LANES_SHOWN) * 10}px`,
        background: stripe.colour,
      }}
    />
  );
}

function Row(props: TranscriptRowProps) {
  const { index, text, startMs, speaker, stripes, activeId, onPlayFrom, onStripe } = props;
  const lines = Math.max(1, Math.ceil(text.length / CHARACTERS_A_LINE));
  return (
    <div
      className={classes.row}
      data-begins-turn={speaker !== null || undefined}
      data-fixing={props.fixing}
      aria-current={props.fixing === 'current' || undefined}
      style={{ containIntrinsicHeight: `auto ${lines * LINE_PX + (speaker === null ? 6 : 18)}px` }}
    >
      <div
        className={classes.margin}
        data-has-sign={props.doubt || props.memoCount ? '' : undefined}
      >
        {speaker}
        {props.doubt ? (
          <DoubtSign
            reason={props.doubt}
            onPlay={startMs === null ? undefined : () => onPlayFrom(startMs)}
          />
        ) : null}
        {props.memoCount ? (
          <button
            type="button"
            className={classes.memos}
            title={formatCount(props.memoCount, 'memo')}
            aria-label={`${formatCount(props.memoCount, 'memo')} here`}
            onClick={() => props.onMemos(index)}
          >
            <IconNote size={13} stroke={1.8} aria-hidden /> {props.memoCount}
          </button>
        ) : null}
        {startMs === null ? null : (
          <button
            type="button"
            className={classes.time}
            onClick={() => onPlayFrom(startMs)}
            aria-label={`Play from ${formatDuration(startMs)}`}
          >
            {speaker === null ? null : <IconPlayerPlayFilled size={9} aria-hidden />}
            {formatDuration(startMs)}
          </button>
        )}
      </div>
      <p
        className={classes.text}
        data-segment={index}
        data-is-moderator={props.isModerator || undefined}
        dir="auto"
      >
        {text}
      </p>
      <div className={classes.stripes}>
        {stripes.map((stripe) => (
          <StripeMark
            key={stripe.excerptId}
            stripe={stripe}
            isActive={stripe.excerptId === activeId}
            onStripe={onStripe}
          />
        ))}
      </div>
    </div>
  );
}

function areSameStripes(a: readonly Stripe[], b: readonly Stripe[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((stripe, index) => {
      const other = b[index];
      return (
        stripe.excerptId === other.excerptId &&
        stripe.lane === other.lane &&
        stripe.from === other.from &&
        stripe.to === other.to &&
        stripe.colour === other.colour &&
        stripe.label === other.label
      );
    })
  );
}

function isSameRow(a: TranscriptRowProps, b: TranscriptRowProps): boolean {
  return (
    a.index === b.index &&
    a.text === b.text &&
    a.startMs === b.startMs &&
    a.doubt === b.doubt &&
    a.speakerKey === b.speakerKey &&
    a.isModerator === b.isModerator &&
    a.fixing === b.fixing &&
    a.memoCount === b.memoCount &&
    a.onPlayFrom === b.onPlayFrom &&
    a.onStripe === b.onStripe &&
    a.onMemos === b.onMemos &&
    (a.activeId === b.activeId || a.stripes.length + b.stripes.length === 0) &&
    areSameStripes(a.stripes, b.stripes)
  );
}

export const TranscriptRow = memo(Row, isSameRow);
