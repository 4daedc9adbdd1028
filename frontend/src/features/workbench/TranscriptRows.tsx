/** The rows of the text, in blocks: only those in sight are laid out, only changed ones rendered. */

import { type CSSProperties, Fragment, memo } from 'react';
import { ConflictPanel } from './editing/ConflictPanel';
import { PassageEditor } from './editing/PassageEditor';
import type { TextEditing } from './editing/textEditing';
import type { DoubtReason } from './listening/doubts';
import { GapRow, PauseRow, WithheldRow } from './listening/GapRow';
import type { Pause } from './listening/pauses';
import type { Stripe } from './marks';
import type { SpeakerFixing } from './speakers/fixing';
import { SpeakerButton } from './speakers/SpeakerButton';
import type { SpeakerFace } from './speakers/speakers';
import type { Turn } from './speakers/turns';
import classes from './Transcript.module.css';
import { TranscriptRow } from './TranscriptRow';
import type { TranscriptText } from './transcriptText';

/** Enough that the browser has few blocks to look after, few enough that one is laid out at once. */
export const BLOCK_ROWS = 24;

const NO_STRIPES: never[] = [];

export interface RowsProps {
  text: TranscriptText;
  turns: ReadonlyMap<number, Turn>;
  pauses: ReadonlyMap<number, Pause>;
  doubts: ReadonlyMap<number, DoubtReason>;
  listMarks: ReadonlyMap<number, string>;
  speakers: ReadonlyMap<string, SpeakerFace>;
  editing: TextEditing;
  /** Where two voices are heard at once. */
  overTalk: ReadonlySet<number>;
  stripes: ReadonlyMap<number, readonly Stripe[]>;
  memoCounts: ReadonlyMap<number, number>;
  fixing: SpeakerFixing;
  onPlayFrom: (startMs: number) => void;
  onStripe: (excerptId: string) => void;
  onMemos: (row: number) => void;
}

interface BlockProps extends RowsProps {
  from: number;
  to: number;
}

function getRowPlace({ isOn, cursor, reached }: SpeakerFixing, index: number) {
  if (!isOn) return undefined;
  if (index === cursor) return 'current';
  return reached.has(index) ? 'reached' : undefined;
}

function renderRow(props: RowsProps, index: number) {
  const { text, editing } = props;
  const segment = text.segments[index];
  const { id, startMs, endMs, speakerId } = segment;
  if (segment.doubt === 'gap') {
    return <GapRow key={id} {...{ index, startMs, endMs }} onPlayFrom={props.onPlayFrom} />;
  }
  const face = speakerId ? props.speakers.get(speakerId) : undefined;
  if (segment.isWithheld) {
    return <WithheldRow key={id} index={index} name={face?.name ?? 'Somebody'} />;
  }
  const turn = props.turns.get(index);
  const speaker = turn ? (
    <SpeakerButton
      passage={index}
      speakerId={speakerId}
      segmentId={id}
      isSuggested={turn.isSuggested}
    />
  ) : null;
  if (editing.openId === id) return <PassageEditor key={id} {...{ index, segment, speaker }} />;
  return (
    <TranscriptRow
      key={id}
      index={index}
      segmentId={id}
      style={segment.style}
      listMark={props.listMarks.get(index)}
      text={editing.pending.get(id) ?? segment.text}
      startMs={startMs}
      speaker={speaker}
      speakerKey={turn ? `${speakerId}:${face?.key ?? ''}:${turn.isSuggested}` : ''}
      fixing={getRowPlace(props.fixing, index)}
      isModerator={face?.isModerator ?? false}
      isOverTalk={props.overTalk.has(index)}
      mayEdit={editing.mayEdit}
      stripes={props.stripes.get(index) ?? NO_STRIPES}
      doubt={props.doubts.get(index)}
      memoCount={props.memoCounts.get(index) ?? 0}
      onMemos={props.onMemos}
      onPlayFrom={props.onPlayFrom}
      onStripe={props.onStripe}
    />
  );
}

/** With what stands before and after it: a pause, or a text that was not saved. */
function renderPassage(props: RowsProps, index: number) {
  const { id } = props.text.segments[index];
  const row = renderRow(props, index);
  const pause = props.pauses.get(index);
  const unsaved = props.editing.unsaved.get(id);
  if (!pause && !unsaved) return row;
  return (
    <Fragment key={id}>
      {pause ? <PauseRow pause={pause} /> : null}
      {row}
      {unsaved ? <ConflictPanel unsaved={unsaved} /> : null}
    </Fragment>
  );
}

/** What the height of a block is guessed from until it has been in sight. */
function getSize({ text, turns, from, to }: BlockProps): CSSProperties {
  let characters = 0;
  let turnCount = 0;
  for (let index = from; index < to; index += 1) {
    characters += text.segments[index].text.length;
    if (turns.has(index)) turnCount += 1;
  }
  return { '--characters': characters, '--rows': to - from, '--turns': turnCount } as CSSProperties;
}

function Block(props: BlockProps) {
  const rows = [];
  for (let index = props.from; index < props.to; index += 1) rows.push(renderPassage(props, index));
  return (
    <div className={classes.block} style={getSize(props)}>
      {rows}
    </div>
  );
}

const SHARED = [
  'from',
  'to',
  'text',
  'turns',
  'pauses',
  'doubts',
  'listMarks',
  'speakers',
  'editing',
  'overTalk',
  'onPlayFrom',
  'onStripe',
  'onMemos',
] as const;

/** What changes with every mark is compared row by row, so that a mark renders only its blocks. */
function isSameBlock(a: BlockProps, b: BlockProps): boolean {
  if (SHARED.some((name) => a[name] !== b[name])) return false;
  for (let index = a.from; index < a.to; index += 1) {
    if (a.stripes.get(index) !== b.stripes.get(index)) return false;
    if (a.memoCounts.get(index) !== b.memoCounts.get(index)) return false;
    if (getRowPlace(a.fixing, index) !== getRowPlace(b.fixing, index)) return false;
  }
  return true;
}

const MemoBlock = memo(Block, isSameBlock);

export function TranscriptRows(props: RowsProps) {
  const { length } = props.text.segments;
  const blocks = [];
  for (let from = 0; from < length; from += BLOCK_ROWS) {
    blocks.push(
      <MemoBlock key={from} {...props} from={from} to={Math.min(length, from + BLOCK_ROWS)} />,
    );
  }
  return blocks;
}
