/** Paints excerpts, the chosen words and the word being said onto the text. */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { playerStore } from '@/app/player';
import { addToHighlight, clearHighlights, setHighlight, takeFromHighlight } from './highlights';
import { getChosenRange, type Marking } from './marking';
import { getMainQuadrant, type Mark } from './marks';
import { listTextElements, toStaticRanges } from './transcriptDom';
import { findWordAtTime, type TranscriptText } from './transcriptText';

type Container = RefObject<HTMLElement | null>;

export function useExcerptMarks(
  container: Container,
  text: TranscriptText,
  marks: readonly Mark[],
) {
  const painted = useRef<PaintedMarks>({ text: null, ranges: new Map() });
  useLayoutEffect(() => {
    if (!container.current) return;
    const elements = listTextElements(container.current);
    painted.current = repaint(painted.current, elements, text, marks);
  }, [container, text, marks]);
  useEffect(
    () => () => {
      painted.current = { text: null, ranges: new Map() };
      clearHighlights();
    },
    [],
  );
}

interface PaintedMark {
  name: string;
  key: string;
  ranges: StaticRange[];
}

/** What is on the text, by excerpt; its ranges are only good as long as the text stays. */
interface PaintedMarks {
  text: TranscriptText | null;
  ranges: Map<string, PaintedMark>;
}

/** Adds and takes away only what is new or gone: five hundred excerpts stay where they are. */
function repaint(
  before: PaintedMarks,
  elements: readonly HTMLElement[],
  text: TranscriptText,
  marks: readonly Mark[],
): PaintedMarks {
  const left = new Map(before.ranges);
  const after = new Map<string, PaintedMark>();
  for (const { excerpt, range } of marks) {
    const name = `excerpt-${getMainQuadrant(excerpt) ?? 'unplaced'}`;
    const key = `${name} ${range.first} ${range.last}`;
    const known = before.text === text ? left.get(excerpt.id) : undefined;
    if (known?.key === key) {
      left.delete(excerpt.id);
      after.set(excerpt.id, known);
    } else {
      const ranges = toStaticRanges(elements, text, range);
      addToHighlight(name, ranges);
      after.set(excerpt.id, { name, key, ranges });
    }
  }
  for (const { name, ranges } of left.values()) takeFromHighlight(name, ranges);
  return { text, ranges: after };
}

interface ChosenMarks {
  marking: Marking;
  activeMark: Mark | undefined;
  /** The cursor is shown only while the keyboard is on the transcript. */
  isCursorShown: boolean;
}

export function useChosenMarks(container: Container, text: TranscriptText, chosen: ChosenMarks) {
  const { marking, activeMark, isCursorShown } = chosen;
  useLayoutEffect(() => {
    if (!container.current) return;
    const elements = listTextElements(container.current);
    const range = getChosenRange(marking);
    const hasCursor = isCursorShown && !range && marking.cursor >= 0;
    const cursor = hasCursor ? { first: marking.cursor, last: marking.cursor } : null;
    const paint = (name: string, words: Mark['range'] | null | undefined) =>
      setHighlight(name, words ? toStaticRanges(elements, text, words) : []);
    paint('words-selected', range);
    paint('word-cursor', cursor);
    paint('excerpt-active', activeMark?.range);
  }, [container, text, marking, activeMark, isCursorShown]);
}

/** Keeps the keyboard's word in sight. */
export function useCursorInSight(
  container: Container,
  text: TranscriptText,
  { cursor }: Marking,
  isShown: boolean,
) {
  useLayoutEffect(() => {
    if (!isShown || cursor === -1 || !container.current) return;
    const element = listTextElements(container.current)[text.segmentOf[cursor]];
    if (element && isOutOfSight(element)) element.scrollIntoView({ block: 'center' });
  }, [container, text, cursor, isShown]);
}

const SCROLL_KEYS = ['PageUp', 'PageDown', 'Home', 'End'];

function isOutOfSight(element: HTMLElement): boolean {
  const box = element.getBoundingClientRect();
  return box.top < 150 || box.bottom > window.innerHeight - 110;
}

/** Marks the word being said and keeps it in sight until the reader scrolls away. */
export function useSpokenWord(container: Container, text: TranscriptText, sourceId: string) {
  const [isFollowing, setIsFollowing] = useState(true);
  const following = useRef(true);
  following.current = isFollowing;
  useEffect(() => {
    if (!container.current) return;
    const elements = listTextElements(container.current);
    let shown = -1;
    const update = () => {
      const { track, isPlaying } = playerStore.getState();
      const isOurs = track?.sourceId === sourceId;
      const word = isOurs ? findWordAtTime(text, playerStore.getPositionMs()) : -1;
      if (word === shown) return;
      const hasMovedOn = word !== -1 && text.segmentOf[word] !== text.segmentOf[shown];
      shown = word;
      const range = word === -1 ? null : { first: word, last: word };
      setHighlight('word-spoken', range ? toStaticRanges(elements, text, range) : []);
      const element = elements[text.segmentOf[word]];
      if (hasMovedOn && element && isPlaying && following.current && isOutOfSight(element)) {
        element.scrollIntoView({ block: 'center', behavior: 'smooth' });
      }
    };
    update();
    const stopPosition = playerStore.subscribePosition(update);
    const stopState = playerStore.subscribe(update);
    return () => {
      stopPosition();
      stopState();
    };
  }, [container, text, sourceId]);
  useEffect(() => {
    const leave = () => setIsFollowing(false);
    const leaveByKey = (event: KeyboardEvent) => {
      if (SCROLL_KEYS.includes(event.key)) leave();
    };
    window.addEventListener('wheel', leave, { passive: true });
    window.addEventListener('touchmove', leave, { passive: true });
    window.addEventListener('keydown', leaveByKey);
    return () => {
      window.removeEventListener('wheel', leave);
      window.removeEventListener('touchmove', leave);
      window.removeEventListener('keydown', leaveByKey);
    };
  }, []);
  return { isFollowing, follow: () => setIsFollowing(true) };
}
