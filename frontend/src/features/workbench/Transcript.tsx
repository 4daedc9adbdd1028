/** The text of a session: read, played word by word, and marked. */

import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import {
  type Dispatch,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { playerStore, usePlayer } from '@/app/player';
import { useTextEditing, useTextTools } from './editing/textEditing';
import { listDoubts } from './listening/doubts';
import { findOverTalk } from './listening/overTalk';
import { findPauses } from './listening/pauses';
import { useDoubtMarks } from './listening/useDoubtMarks';
import type { Marking, MarkingAction } from './marking';
import { readStep } from './markingSteps';
import type { Mark } from './marks';
import { getListMarks } from './notes/listMarks';
import { cycleExcerpts, findOverlapWord, listExcerptsAt } from './overlaps';
import { useSpeakerFixing } from './speakers/fixing';
import type { SpeakerFace } from './speakers/speakers';
import { getTurns } from './speakers/turns';
import classes from './Transcript.module.css';
import { TranscriptRows } from './TranscriptRows';
import { findWordAtPoint, listTextElements, readWords } from './transcriptDom';
import { getRangeText, type TranscriptText } from './transcriptText';
import { useActiveStripe, useStripes } from './useStripes';
import { useSpokenWord } from './useTextMarks';
import type { Evidence } from './workbench';

export interface TranscriptProps {
  containerRef: RefObject<HTMLElement | null>;
  sourceId: string;
  text: TranscriptText;
  /** Where somebody speaks, as it was detected. */
  speech: readonly (readonly [startMs: number, endMs: number])[];
  marks: readonly Mark[];
  marking: Marking;
  /** The excerpt that stands out. */
  activeId: string | undefined;
  getEvidence: () => Evidence;
  dispatch: Dispatch<MarkingAction>;
  mayMark: boolean;
  /** Whether the keyboard is on the text. */
  isKeyboard: boolean;
  onKeyboard: (isKeyboard: boolean) => void;
  /** Not all of it is there yet. */
  isGrowing: boolean;
  isAtWork: boolean;
  speakers: ReadonlyMap<string, SpeakerFace>;
  /** How many memos there are, by row. */
  memoCounts: ReadonlyMap<number, number>;
  onMemos: (row: number) => void;
  onPlayFrom: (startMs: number) => void;
  children?: ReactNode;
}

/** Chosen text becomes chosen words: when the mouse is let go, or when a touch selection rests. */
function useDomSelection(props: TranscriptProps) {
  const { containerRef, text, dispatch, mayMark } = props;
  const read = useCallback(() => {
    const container = containerRef.current;
    const selection = document.getSelection();
    if (!container || !selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(container)) return;
    const words = readWords(listTextElements(container), text, range);
    if (words) dispatch({ type: 'choose', range: words });
  }, [containerRef, text, dispatch]);
  useEffect(() => {
    if (!mayMark) return;
    let isMouseDown = false;
    let timer = 0;
    const down = (event: PointerEvent) => {
      const isInside = containerRef.current?.contains(event.target as Node) ?? false;
      isMouseDown = event.pointerType === 'mouse' && isInside;
    };
    const up = () => {
      // The selection is final only after the event.
      if (isMouseDown) window.setTimeout(read, 0);
      isMouseDown = false;
    };
    const change = () => {
      window.clearTimeout(timer);
      const isTouch = !isMouseDown && matchMedia('(pointer: coarse)').matches;
      if (isTouch) timer = window.setTimeout(read, 300);
    };
    document.addEventListener('pointerdown', down);
    document.addEventListener('pointerup', up);
    document.addEventListener('selectionchange', change);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('pointerdown', down);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('selectionchange', change);
    };
  }, [containerRef, mayMark, read]);
}

/** A click plays from the word and chooses the excerpt it stands in; again: the next one there. */
function useWordClick(props: TranscriptProps) {
  const { containerRef, text, getEvidence, dispatch, onPlayFrom } = props;
  return (event: MouseEvent) => {
    const { marks, marking } = getEvidence();
    const container = containerRef.current;
    const selection = document.getSelection();
    const isOnControl = (event.target as HTMLElement).closest('button, input, a');
    if (!container || isOnControl || (selection && !selection.isCollapsed)) return;
    const point = { x: event.clientX, y: event.clientY };
    const word = findWordAtPoint(listTextElements(container), text, point);
    if (word === -1) {
      dispatch({ type: 'clear' });
      return;
    }
    const isAgain = word === marking.cursor && marking.activeId !== null;
    const excerpt = isAgain
      ? cycleExcerpts(marks, marking.activeId, word, 1)?.excerpt
      : listExcerptsAt(marks, word)[0]?.excerpt;
    dispatch({ type: 'stand', word, activeId: excerpt?.id ?? null });
    const startMs = text.startsMs[word];
    if (startMs !== null) onPlayFrom(startMs);
  };
}

function useWordKeys(props: TranscriptProps) {
  const { text, getEvidence, dispatch, mayMark, onPlayFrom, containerRef } = props;
  return (event: KeyboardEvent) => {
    if (event.target !== containerRef.current) return;
    const { marks, marking } = getEvidence();
    const step = readStep(event);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (step) {
      event.preventDefault();
      const from = findOverlapWord(marks, marking.activeId, marking.cursor);
      dispatch({ type: 'step', step, isExtending: event.shiftKey && mayMark, text, from });
    } else if (isPlain && event.key === 'Enter' && marking.cursor >= 0) {
      event.preventDefault();
      const startMs = text.startsMs[marking.cursor];
      if (startMs !== null) onPlayFrom(startMs);
    }
  };
}

/** The passage that was clicked, outside its buttons; or -1. */
function findPassage({ target }: MouseEvent): number {
  const element = target as HTMLElement;
  if (element.closest('button, input, a')) return -1;
  const row = element.closest(`.${classes.row}`)?.querySelector<HTMLElement>('[data-segment]');
  return row ? Number(row.dataset.segment) : -1;
}

/** The passage whose pencil was clicked; or -1. */
function findPencil({ target }: MouseEvent): number {
  const row = (target as HTMLElement).closest('[data-pencil]')?.closest(`.${classes.row}`);
  const element = row?.querySelector<HTMLElement>('[data-segment]');
  return element ? Number(element.dataset.segment) : -1;
}

function FollowButton({
  sourceId,
  isFollowing,
  follow,
}: {
  sourceId: string;
  isFollowing: boolean;
  follow: () => void;
}) {
  const { isPlaying, track } = usePlayer();
  if (isFollowing || !isPlaying || track?.sourceId !== sourceId) return null;
  return (
    <div className={classes.follow}>
      <Button
        size="xs"
        radius="xl"
        leftSection={<IconArrowDown size={14} aria-hidden />}
        onClick={() => {
          follow();
          playerStore.skip(0);
        }}
      >
        Follow the voice
      </Button>
    </div>
  );
}

export function Transcript(props: TranscriptProps) {
  const { containerRef, sourceId, text, marks, dispatch, isGrowing, onKeyboard } = props;
  const [isPointer, setIsPointer] = useState(false);
  const fixing = useSpeakerFixing();
  const editing = useTextEditing();
  const tools = useTextTools();
  const turns = useMemo(
    () => new Map(getTurns(text.segments).map((one) => [one.first, one])),
    [text],
  );
  const stripes = useStripes(text, marks);
  const pauses = useMemo(() => findPauses(text.segments, props.speech), [text, props.speech]);
  const overTalk = useMemo(() => findOverTalk(text.segments), [text]);
  const doubts = useMemo(
    () => new Map(listDoubts(text).map(({ segment, reason }) => [segment, reason])),
    [text],
  );
  const listMarks = useMemo(() => getListMarks(text.segments.map(({ style }) => style)), [text]);
  const { isFollowing, follow } = useSpokenWord(containerRef, text, sourceId);
  const describeKeys = useRef('transcript-keys');
  useDomSelection({ ...props, mayMark: props.mayMark && !fixing.isOn });
  useDoubtMarks(containerRef, text);
  useActiveStripe(containerRef, props.activeId, stripes);
  const click = useWordClick(props);
  const press = useWordKeys(props);
  const onStripe = useCallback(
    (excerptId: string) => dispatch({ type: 'activate', excerptId }),
    [dispatch],
  );
  return (
    <section
      ref={containerRef}
      className={classes.transcript}
      aria-label="Transcript"
      aria-describedby={describeKeys.current}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move between words
      tabIndex={0}
      onClick={(event) => {
        const edited = findPencil(event);
        if (edited !== -1) return tools.openPassage(text.segments[edited].id);
        if (!fixing.isOn) return click(event);
        const passage = findPassage(event);
        if (passage !== -1) fixing.moveTo(passage);
      }}
      data-is-fixing={fixing.isOn || undefined}
      onKeyDown={(event) => {
        if (readStep(event)) onKeyboard(true);
        press(event);
      }}
      data-by-pointer={isPointer || undefined}
      onPointerDown={() => {
        onKeyboard(false);
        setIsPointer(true);
      }}
      onBlur={() => {
        onKeyboard(false);
        setIsPointer(false);
      }}
    >
      <span id={describeKeys.current} className="only-for-screen-readers">
        Arrow keys move between words, Shift with arrows chooses words, Enter plays. Question mark
        lists all keys.
      </span>
      <SpokenChoice text={text} marking={props.marking} isShown={props.isKeyboard} />
      <TranscriptRows
        {...{ text, turns, pauses, doubts, listMarks, overTalk, editing, stripes, fixing }}
        speakers={props.speakers}
        memoCounts={props.memoCounts}
        onPlayFrom={props.onPlayFrom}
        onStripe={onStripe}
        onMemos={props.onMemos}
      />
      {isGrowing ? (
        <p className={classes.growing}>
          {props.isAtWork
            ? 'More text will appear here as it is recognised.'
            : 'The rest has not been recognised yet; above it says how to go on.'}
        </p>
      ) : null}
      {props.children}
      {fixing.isOn ? null : (
        <FollowButton sourceId={sourceId} isFollowing={isFollowing} follow={follow} />
      )}
    </section>
  );
}

/** Says the chosen words to those who can't see them. */
function SpokenChoice({
  text,
  marking,
  isShown,
}: Pick<TranscriptProps, 'text' | 'marking'> & { isShown: boolean }) {
  const { cursor, anchor } = marking;
  let words = '';
  if (isShown && cursor >= 0 && cursor < text.wordIds.length) {
    const first = anchor === -1 ? cursor : Math.min(anchor, cursor);
    const last = anchor === -1 ? cursor : Math.max(anchor, cursor);
    words = `${anchor === -1 ? '' : 'Chosen: '}${getRangeText(text, { first, last })}`;
  }
  return (
    <span aria-live="polite" className="only-for-screen-readers">
      {words}
    </span>
  );
}
