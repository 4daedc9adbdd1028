/** The workbench: reads keys and paints marks at once, and renders the rest when there is time. */

import {
  type ReactNode,
  type RefObject,
  useCallback,
  useDeferredValue,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import type { Excerpt, SessionDetail, Source, Transcript as TranscriptRow } from '@/api';
import { useKeysHelp } from '@/app/keysHelp';
import { useWorkspace } from '@/app/workspace';
import { useHistory } from './history/useHistory';
import { useListening } from './listening/useListening';
import type { ToolbarForm } from './MarkToolbar';
import { changeMarking, NOTHING_CHOSEN } from './marking';
import { getMarks } from './marks';
import { useLoop } from './playing/useLoop';
import { usePicture } from './playing/usePicture';
import { usePlayingKeys } from './playing/usePlayingKeys';
import { useReadingPlace } from './playing/useReadingPlace';
import { useSilences, useSourcePlayer } from './playing/useSourcePlayer';
import { getFaces, orderSpeakers } from './speakers/speakers';
import { findExcerptAtWord } from './transcriptText';
import { useExcerptEditor } from './useExcerptEditor';
import { useMarkActions } from './useMarkActions';
import { useOpeningText } from './useOpeningText';
import { useActiveInSight, useDeepLink } from './usePlaceInText';
import { useChosenMarks, useCursorInSight, useExcerptMarks } from './useTextMarks';
import { useWorkbenchKeys } from './useWorkbenchKeys';
import { type View, WorkbenchBody } from './WorkbenchBody';
import type { Evidence, Workbench } from './workbench';
import { WORKBENCH_KEYS } from './workbenchKeys';

interface WorkbenchViewProps {
  session: SessionDetail;
  source: Source;
  transcript: TranscriptRow;
  excerpts: readonly Excerpt[];
  /** Shown above the text: progress of the recording. */
  top: ReactNode;
}

/** The order of speakers, and so their keys, stays while one changes who speaks. */
function useOrderedSpeakers({ source, transcript }: WorkbenchViewProps): Source {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another text makes another order
  const heard = useMemo(
    () => new Set(transcript.segments.flatMap(({ speaker_id }) => speaker_id ?? [])),
    [transcript.id, transcript.state, transcript.known_to],
  );
  return useMemo(
    () => ({ ...source, speakers: orderSpeakers(source.speakers, heard) }),
    [source, heard],
  );
}

function useWorkbenchState(props: WorkbenchViewProps) {
  const { session, transcript, excerpts } = props;
  const source = useOrderedSpeakers(props);
  const { permissions } = useWorkspace();
  const [marking, dispatch] = useReducer(changeMarking, NOTHING_CHOSEN);
  const onRealId = useCallback(
    (from: string, to: string) => dispatch({ type: 'rename', from, to }),
    [],
  );
  const editor = useExcerptEditor(session.id, onRealId);
  const player = useSourcePlayer(session, source);
  const text = useOpeningText(transcript);
  const marks = useMemo(
    () => getMarks(text, excerpts, transcript.id),
    [text, excerpts, transcript.id],
  );
  const faces = useMemo(
    () => getFaces(source.speakers, session.participants),
    [source.speakers, session.participants],
  );
  const { playFrom } = player;
  const mayMark = permissions.may_edit_research;
  const evidence = useMemo<Evidence>(
    () => ({ text, excerpts, marks, marking }),
    [text, excerpts, marks, marking],
  );
  const latest = useRef(evidence);
  latest.current = evidence;
  const getEvidence = useCallback(() => latest.current, []);
  const workbench = useMemo<Workbench>(
    () => ({
      session,
      source,
      transcript,
      text,
      faces,
      editor,
      dispatch,
      mayMark,
      playFrom,
      getEvidence,
    }),
    [session, source, transcript, text, faces, editor, mayMark, playFrom, getEvidence],
  );
  return { workbench, evidence, player };
}

/** What is on the text: painted in the frame after the key, before anything else is rendered. */
function usePaintedText(
  workbench: Workbench,
  { marks, marking }: Evidence,
  containerRef: RefObject<HTMLElement | null>,
) {
  const { text } = workbench;
  const [isKeyboard, setIsKeyboard] = useState(false);
  const activeMark = useActiveInSight(text, { marks, marking }, containerRef);
  const standing = isKeyboard ? findExcerptAtWord(marks, marking.cursor) : undefined;
  const shownMark = activeMark ?? standing;
  useExcerptMarks(containerRef, text, marks);
  useChosenMarks(containerRef, text, { marking, activeMark: shownMark, isCursorShown: isKeyboard });
  useCursorInSight(containerRef, text, marking, isKeyboard);
  return { isKeyboard, setIsKeyboard, activeMark, shownMark };
}

/**
 * The view as the page renders it: a little behind, so that no key waits for it. Never behind the
 * text, since marks of another text would be elsewhere; nor behind a form that opens, since what is
 * typed next is meant for it.
 */
function useShownView(view: View, { text }: Workbench): View {
  const behind = useDeferredValue(view);
  const isFit = behind.evidence.text === text && behind.open === view.open;
  return isFit ? behind : view;
}

export function WorkbenchView(props: WorkbenchViewProps) {
  const { workbench, evidence, player } = useWorkbenchState(props);
  const { dispatch, mayMark } = workbench;
  const { source, transcript, top } = props;
  const containerRef = useRef<HTMLElement>(null);
  const actions = useMarkActions(workbench, evidence);
  const history = useHistory(workbench, evidence, containerRef);
  const [open, setOpen] = useState<ToolbarForm>(null);
  const painted = usePaintedText(workbench, evidence, containerRef);
  const { isKeyboard, setIsKeyboard, activeMark } = painted;
  const listening = useListening(workbench, evidence, {
    container: containerRef,
    play: player.playFrom,
  });
  useDeepLink(workbench, evidence.marks, containerRef, player.setRestMs);
  const resumed = useReadingPlace(workbench, containerRef, player.setRestMs);
  const loop = useLoop(workbench, evidence, player);
  const picture = usePicture(source);
  const hasSilences = useSilences(source, transcript);
  usePlayingKeys({ onLoop: loop.toggle, picture, hasSilences });
  useKeysHelp(WORKBENCH_KEYS);
  const clear = useCallback(() => {
    document.getSelection()?.removeAllRanges();
    setOpen(null);
    dispatch({ type: 'clear' });
  }, [dispatch]);
  useWorkbenchKeys({
    actions,
    mayMark,
    onOpen: setOpen,
    onClear: clear,
    onTogglePlay: player.toggle,
    onUndo: history.undoLatest,
    onRedo: history.redoLatest,
  });
  const range = actions.range ?? activeMark?.range ?? null;
  const view = useShownView(
    {
      ...{ evidence, actions, range, player, listening, loop, picture, hasSilences, resumed },
      activeMark: painted.shownMark,
      ...{ isKeyboard, open, top },
    },
    workbench,
  );
  return (
    <WorkbenchBody
      {...{ workbench, history, view, containerRef }}
      onKeyboard={setIsKeyboard}
      onOpen={setOpen}
      onClear={clear}
    />
  );
}
