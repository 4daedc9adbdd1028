/** Going through the turns of a transcript and saying who speaks, with undo step by step. */

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Speaker, SpeakerScope } from '@/api';
import { playerStore } from '@/app/player';
import { notifyWithUndo } from '@/ui';
import { listTextElements } from '../transcriptDom';
import { findWordAtTime, type TranscriptText } from '../transcriptText';
import type { Workbench } from '../workbench';
import type { SpeakerFixing, SpeakerTools } from './fixing';
import { findLongestTurn, findTurn, getTurns, listReached, type Turn } from './turns';
import { proposeLabel, type SpeakerEditor } from './useSpeakerChanges';

type Container = RefObject<HTMLElement | null>;
type Change = Promise<{ id: string } | null>;

/** The height that the controls above the text take. */
const TOP_PX = 160;
const BOTTOM_PX = 260;
const NOTHING: ReadonlySet<number> = new Set();

export function describeGiven(scope: SpeakerScope, name: string): string {
  if (scope === 'onward') return `${name} speaks from here on.`;
  if (scope === 'voice') return `All of this voice is ${name} now.`;
  return `${name} speaks here.`;
}

function getStartMs(text: TranscriptText, passage: number): number | null {
  const segment = text.segments[passage];
  if (!segment) return null;
  return (segment.words.length ? text.startsMs[segment.firstIndex] : null) ?? segment.startMs;
}

/** The first passage one can see. */
function findInSight(container: HTMLElement | null): number {
  if (!container) return 0;
  const elements = listTextElements(container);
  const found = elements.findIndex((one) => one.getBoundingClientRect().bottom > TOP_PX);
  return Math.max(0, found);
}

function findSpokenPassage(text: TranscriptText, sourceId: string): number {
  const { track, isPlaying } = playerStore.getState();
  if (!isPlaying || track?.sourceId !== sourceId) return -1;
  const positionMs = playerStore.getPositionMs();
  // A turn that was played to its end must not hand over to the next one.
  if (track.endMs !== undefined && positionMs >= track.endMs - 30) return -1;
  const word = findWordAtTime(text, positionMs);
  return word === -1 ? -1 : text.segmentOf[word];
}

/** Stands where the recording is, for as long as it plays. */
function useFollowVoice(
  { text, source }: Workbench,
  isOn: boolean,
  setCursor: (passage: number) => void,
) {
  useEffect(() => {
    if (!isOn) return;
    return playerStore.subscribePosition(() => {
      const passage = findSpokenPassage(text, source.id);
      if (passage !== -1) setCursor(passage);
    });
  }, [text, source.id, isOn, setCursor]);
}

function useCursorInSight(container: Container, isOn: boolean, cursor: number) {
  useEffect(() => {
    if (!isOn || !container.current) return;
    const element = listTextElements(container.current)[cursor];
    const box = element?.getBoundingClientRect();
    if (box && (box.top < TOP_PX || box.bottom > window.innerHeight - BOTTOM_PX)) {
      element.scrollIntoView({ block: 'center' });
    }
  }, [container, isOn, cursor]);
}

function usePlaying({ text, playFrom }: Workbench, turns: readonly Turn[]) {
  const playTurnAt = (passage: number) => {
    const turn = turns[findTurn(turns, passage)];
    const startMs = getStartMs(text, passage);
    if (turn && startMs !== null) playFrom(startMs, turn.endMs ?? undefined);
  };
  /** Goes on there, if something plays, in the way it played. */
  const playOnAt = (passage: number) => {
    const { isPlaying, track } = playerStore.getState();
    if (!isPlaying) return;
    const startMs = getStartMs(text, passage);
    if (track?.endMs !== undefined) playTurnAt(passage);
    else if (startMs !== null) playFrom(startMs);
  };
  return { playTurnAt, playOnAt };
}

/** What was done can be taken back, the last first. */
function useUndoStack(editor: SpeakerEditor) {
  const stack = useRef<Change[]>([]);
  const [message, setMessage] = useState('');
  const [count, setCount] = useState(0);
  const push = (change: Change, said: string) => {
    stack.current.push(change);
    setMessage(said);
    setCount(stack.current.length);
    void change.then((done) => {
      if (done) return;
      stack.current = stack.current.filter((one) => one !== change);
      setMessage('');
      setCount(stack.current.length);
    });
  };
  const undo = async () => {
    const last = stack.current.pop();
    setCount(stack.current.length);
    if (!last) return;
    setMessage('Taken back.');
    const change = await last;
    if (change) await editor.undo(change.id);
  };
  const clear = useCallback(() => setMessage(''), []);
  return { push, undo: () => void undo(), message, canUndo: count > 0, clear };
}

interface FixingOptions {
  workbench: Workbench;
  editor: SpeakerEditor;
  containerRef: Container;
  onStart: () => void;
}

export function useFixingState(options: FixingOptions) {
  const { workbench, editor, containerRef: container, onStart } = options;
  const { text, source, faces, dispatch } = workbench;
  const [isOn, setIsOn] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [scope, setScope] = useState<SpeakerScope>('turn');
  const turns = useMemo(() => getTurns(text.segments), [text]);
  const history = useUndoStack(editor);
  const { playTurnAt, playOnAt } = usePlaying(workbench, turns);
  useFollowVoice(workbench, isOn, setCursor);
  useCursorInSight(container, isOn, cursor);

  const moveTo = (passage: number) => {
    const place = Math.max(0, Math.min(text.segments.length - 1, passage));
    if (place !== cursor) history.clear();
    setCursor(place);
    playOnAt(place);
  };
  const stepTurn = (by: number) => {
    const at = findTurn(turns, cursor);
    // Back from the middle of a turn is its beginning.
    const isInside = by < 0 && cursor > (turns[at]?.first ?? 0);
    const next = turns[isInside ? at : at + by];
    if (next) moveTo(next.first);
  };
  const giveFrom = (segmentId: string, speakerId: string | null, reach: SpeakerScope) =>
    editor.assign({ segmentId, scope: reach, speakerId });
  const give = (speakerId: string | null, reach: SpeakerScope = scope) => {
    const segment = text.segments[cursor];
    if (!segment) return;
    const name = speakerId === null ? 'nobody named' : (faces.get(speakerId)?.name ?? '');
    history.push(giveFrom(segment.id, speakerId, reach), describeGiven(reach, name));
    setScope('turn');
  };
  const giveToNew = () => {
    const segment = text.segments[cursor];
    if (!segment) return;
    const label = proposeLabel(source.speakers);
    const change = editor
      .create(label)
      .then((speaker) => speaker && giveFrom(segment.id, speaker.id, scope));
    history.push(change, describeGiven(scope, label));
    setScope('turn');
  };
  const merge = (speaker: Speaker, into: Speaker) => {
    const nameOf = ({ id, label }: Speaker) => faces.get(id)?.name ?? label;
    const said = `${nameOf(speaker)} is ${nameOf(into)} now.`;
    const change = editor.merge(speaker.id, into.id);
    if (isOn) history.push(change, said);
    else offerUndo(editor, change, said);
  };

  const fixing: SpeakerFixing = {
    isOn,
    cursor,
    turns,
    scope,
    reached: useMemo(
      () => (isOn ? new Set(listReached(text.segments, cursor, scope)) : NOTHING),
      [isOn, text, cursor, scope],
    ),
    message: history.message,
    canUndo: history.canUndo,
    moveTo,
    stepTurn,
    stepPassage: (by) => moveTo(cursor + by),
    togglePlay: () => (playerStore.getState().isPlaying ? playerStore.pause() : playTurnAt(cursor)),
    playTurnAt,
    setScope,
    give,
    giveToNew,
    confirm: () => {
      const speakerId = text.segments[cursor]?.speakerId ?? null;
      if (speakerId !== null) give(speakerId, 'turn');
      stepTurn(1);
    },
    undo: history.undo,
    stop: () => {
      setIsOn(false);
      history.clear();
    },
  };

  const latest = useRef({ text, turns, playTurnAt, merge, onStart });
  latest.current = { text, turns, playTurnAt, merge, onStart };
  const sourceId = source.id;
  const tools = useMemo<SpeakerTools>(
    () => ({
      editor,
      start: (passage) => {
        const spoken = findSpokenPassage(latest.current.text, sourceId);
        const inSight = spoken === -1 ? findInSight(container.current) : spoken;
        latest.current.onStart();
        dispatch({ type: 'clear' });
        document.getSelection()?.removeAllRanges();
        setCursor(passage ?? inSight);
        setScope('turn');
        setIsOn(true);
        container.current?.focus({ preventScroll: true });
      },
      playVoice: (speakerId) => {
        const turn = findLongestTurn(latest.current.turns, speakerId);
        if (turn) latest.current.playTurnAt(turn.first);
      },
      merge: (speaker, into) => latest.current.merge(speaker, into),
    }),
    [editor, sourceId, dispatch, container],
  );
  return { fixing, tools };
}

/** Outside speaker fixing a change is told at the edge of the page. */
export function offerUndo(editor: SpeakerEditor, change: Change, message: string) {
  void change.then((done) => {
    if (done) notifyWithUndo({ message, onUndo: () => editor.undo(done.id) });
  });
}
