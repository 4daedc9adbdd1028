/** One segment: who speaks and when, its text as a single text node, stripes of its excerpts. */

import { IconNote } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { DoubtSign } from './listening/DoubtSign';
import type { DoubtReason } from './listening/doubts';
import { OverTalkSign } from './listening/OverTalkSign';
import type { Stripe } from './marks';
import type { TextStyle } from './notes/listMarks';
import { Stripes } from './Stripes';
import classes from './Transcript.module.css';

export interface TranscriptRowProps {
  index: number;
  segmentId: string;
  text: string;
  /** What a paragraph of notes is, and the dot or number before an item of a list. */
  style: TextStyle;
  listMark: string | undefined;
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
  /** Two voices are heard at once here. */
  isOverTalk: boolean;
  mayEdit: boolean;
  stripes: readonly Stripe[];
  onPlayFrom: (startMs: number) => void;
  onStripe: (excerptId: string) => void;
  onMemos: (index: number) => void;
}

/**
 * Opens a passage for editing by mouse or touch; the text as a whole listens for it. A second way to
 * what `i` and F2 do: one more stop in every row would slow the Tab key.
 */
function EditPencil() {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      title="Edit the passage (i)"
      className={classes.pencil}
      data-pencil
    />
  );
}

function Row(props: TranscriptRowProps) {
  const { index, text, startMs, speaker, stripes, onPlayFrom, onStripe } = props;
  return (
    <div
      className={classes.row}
      data-begins-turn={speaker !== null || undefined}
      data-fixing={props.fixing}
      aria-current={props.fixing === 'current' || undefined}
    >
      <div
        className={classes.margin}
        data-has-sign={props.doubt || props.memoCount || props.isOverTalk ? '' : undefined}
      >
        {speaker}
        {props.isOverTalk ? <OverTalkSign /> : null}
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
        {props.mayEdit ? <EditPencil /> : null}
        {startMs === null ? null : (
          <button
            type="button"
            className={classes.time}
            onClick={() => onPlayFrom(startMs)}
            aria-label={`Play from ${formatDuration(startMs)}`}
          >
            {formatDuration(startMs)}
          </button>
        )}
      </div>
      <p
        className={classes.text}
        data-segment={index}
        data-style={props.style || undefined}
        data-mark={props.listMark}
        data-is-moderator={props.isModerator || undefined}
        dir="auto"
      >
        {text}
      </p>
      {stripes.length === 0 ? null : <Stripes stripes={stripes} onStripe={onStripe} />}
    </div>
  );
}

function isSameRow(a: TranscriptRowProps, b: TranscriptRowProps): boolean {
  return (
    a.index === b.index &&
    a.segmentId === b.segmentId &&
    a.style === b.style &&
    a.listMark === b.listMark &&
    a.text === b.text &&
    a.startMs === b.startMs &&
    a.doubt === b.doubt &&
    a.speakerKey === b.speakerKey &&
    a.isModerator === b.isModerator &&
    a.isOverTalk === b.isOverTalk &&
    a.mayEdit === b.mayEdit &&
    a.fixing === b.fixing &&
    a.memoCount === b.memoCount &&
    a.onPlayFrom === b.onPlayFrom &&
    a.onStripe === b.onStripe &&
    a.onMemos === b.onMemos &&
    a.stripes === b.stripes
  );
}

export const TranscriptRow = memo(Row, isSameRow);
