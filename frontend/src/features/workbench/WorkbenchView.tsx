/** The workbench: waveform on top, text in the middle, excerpts at the side. */

import { Alert, Button, Drawer, Tabs, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconQuote } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useReducer, useRef, useState } from 'react';
import type { Excerpt, SessionDetail, Source, Transcript as TranscriptRow } from '@/api';
import { isActive } from '@/app/jobs';
import { useKeysHelp } from '@/app/keysHelp';
import { useWorkspace } from '@/app/workspace';
import { useMemoCounts } from '@/features/memos';
import { EmptyState } from '@/ui';
import { AboutPanel } from './AboutPanel';
import { ExcerptList } from './ExcerptList';
import { EditingProvider } from './editing/EditingProvider';
import { ExportMenu } from './exchange/ExportMenu';
import { ImportNotice } from './exchange/ImportedFiles';
import { HistoryButtons } from './history/HistoryButtons';
import { HistoryPanel } from './history/HistoryPanel';
import { HistoryContext } from './history/history';
import { NameTags, NewsLine } from './history/LiveNews';
import { useHistory } from './history/useHistory';
import { useListening } from './listening/useListening';
import { MarkToolbar, type ToolbarForm } from './MarkToolbar';
import { changeMarking, NOTHING_CHOSEN } from './marking';
import { getMarks } from './marks';
import { MemosPanel } from './memos/MemosPanel';
import { countRowMemos } from './memos/rowMemos';
import { PicturePanel } from './playing/PicturePanel';
import { ResumeNote } from './playing/ResumeNote';
import { useLoop } from './playing/useLoop';
import { usePicture } from './playing/usePicture';
import { usePlayingKeys } from './playing/usePlayingKeys';
import { useReadingPlace } from './playing/useReadingPlace';
import { useSilences, useSourcePlayer } from './playing/useSourcePlayer';
import { ReplaceProvider } from './replace/FixEverywhere';
import { ReviewButton } from './reviews/ReviewButton';
import { ReviewDock } from './reviews/ReviewDock';
import { ReviewProvider } from './reviews/ReviewProvider';
import { SessionHeader } from './SessionHeader';
import { SourceControls } from './SourceControls';
import { SpeakerProvider } from './speakers/SpeakerProvider';
import { SpeakerStrip } from './speakers/SpeakerStrip';
import { SuggestionHint } from './speakers/SpeakersSection';
import { getFaces, orderSpeakers } from './speakers/speakers';
import { Transcript } from './Transcript';
import { buildTranscriptText } from './transcriptText';
import { useExcerptEditor } from './useExcerptEditor';
import { useMarkActions } from './useMarkActions';
import { useActiveInSight, useDeepLink } from './usePlaceInText';
import { useWorkbenchKeys } from './useWorkbenchKeys';
import { TranscribeAgainButton } from './versions/TranscribeAgain';
import classes from './WorkbenchView.module.css';
import {
  type Evidence,
  useEvidence,
  useWorkbench,
  type Workbench,
  WorkbenchContext,
} from './workbench';
import { WORKBENCH_KEYS } from './workbenchKeys';

interface WorkbenchViewProps {
  session: SessionDetail;
  source: Source;
  transcript: TranscriptRow;
  excerpts: readonly Excerpt[];
  /** Shown above the text: progress of the recording. */
  top: ReactNode;
}

function DraftBanner() {
  const { transcript, mayMark } = useWorkbench();
  if (!transcript.is_draft || transcript.state === 'in_progress') return null;
  return (
    <Alert
      variant="outline"
      title="Rough draft"
      className={classes.banner}
      classNames={{ title: classes.bannerTitle }}
    >
      <Text size="sm">
        {transcript.notice ||
          'This text was made by the offline recogniser: many of its words are wrong. Where they are in the recording is right.'}
      </Text>
      {mayMark ? (
        <div style={{ marginTop: 8 }}>
          <TranscribeAgainButton />
        </div>
      ) : null}
    </Alert>
  );
}

function SidePanel({ tab, onTab }: { tab: string; onTab: (tab: string) => void }) {
  const { session } = useWorkbench();
  const { excerpts } = useEvidence();
  const memos = useMemoCounts(session.id);
  const memoCount = [...Object.values(memos.excerpts), ...Object.values(memos.segments)].reduce(
    (sum, count) => sum + count,
    memos.session,
  );
  return (
    <Tabs
      value={tab}
      onChange={(next) => onTab(next ?? 'excerpts')}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="excerpts">Excerpts ({excerpts.length})</Tabs.Tab>
        <Tabs.Tab value="memos">Memos{memoCount ? ` (${memoCount})` : ''}</Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
        <Tabs.Tab value="about">About</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="excerpts" className={classes.panel} keepMounted>
        <ExcerptList />
      </Tabs.Panel>
      <Tabs.Panel value="memos" className={classes.panel}>
        <MemosPanel />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={classes.panel}>
        <HistoryPanel />
      </Tabs.Panel>
      <Tabs.Panel value="about" className={classes.panel}>
        <AboutPanel />
      </Tabs.Panel>
    </Tabs>
  );
}

/** The order of speakers, and so their keys, stays while one changes who speaks. */
function useOrderedSpeakers({ source, transcript }: WorkbenchViewProps): Source {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another text makes another order
  const heard = useMemo(
    () => new Set(transcript.segments.flatMap(({ speaker_id }) => speaker_id ?? [])),
    [transcript.id, transcript.state],
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
  const text = useMemo(() => buildTranscriptText(transcript.segments), [transcript.segments]);
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
    }),
    [session, source, transcript, text, faces, editor, mayMark, playFrom],
  );
  const evidence = useMemo<Evidence>(
    () => ({ excerpts, marks, marking }),
    [excerpts, marks, marking],
  );
  return { workbench, evidence, player };
}

export function WorkbenchView(props: WorkbenchViewProps) {
  const { workbench, evidence, player } = useWorkbenchState(props);
  const { text, dispatch, mayMark } = workbench;
  const { marks, marking } = evidence;
  const { session, source, transcript, excerpts, top } = props;
  const containerRef = useRef<HTMLElement>(null);
  const actions = useMarkActions(workbench, evidence);
  const history = useHistory(workbench, evidence, containerRef);
  const [open, setOpen] = useState<ToolbarForm>(null);
  const [isPanelOpen, panel] = useDisclosure();
  const [tab, setTab] = useState('excerpts');
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const memos = useMemoCounts(session.id);
  const rowMemos = useMemo(() => countRowMemos(text, marks, memos), [text, marks, memos]);
  const openPanel = panel.open;
  const showMemos = useCallback(
    (row: number) => {
      dispatch({ type: 'stand', word: text.segmentOf.indexOf(row), activeId: null });
      setTab('memos');
      if (!isWide) openPanel();
    },
    [dispatch, text, openPanel, isWide],
  );
  const activeMark = useActiveInSight(text, evidence, containerRef);
  const listening = useListening(workbench, evidence, {
    container: containerRef,
    play: player.playFrom,
  });
  useDeepLink(workbench, marks, containerRef, player.setRestMs);
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
  const isGrowing = transcript.state === 'in_progress';
  return (
    <WorkbenchContext value={workbench}>
      <HistoryContext value={history}>
        <ReviewProvider evidence={evidence} containerRef={containerRef}>
          <SpeakerProvider workbench={workbench} containerRef={containerRef} onStart={panel.close}>
            <ReplaceProvider>
              <div className={classes.page}>
                <div className={classes.main}>
                  <div className={classes.head}>
                    <SessionHeader
                      session={session}
                      action={
                        <>
                          {mayMark ? <HistoryButtons /> : null}
                          <ReviewButton />
                          <ExportMenu />
                          {isWide ? null : (
                            <Button
                              variant="default"
                              leftSection={<IconQuote size={16} aria-hidden />}
                              onClick={panel.open}
                            >
                              Excerpts ({excerpts.length})
                            </Button>
                          )}
                        </>
                      }
                    />
                    <div className={classes.top}>{top}</div>
                    <DraftBanner />
                    <ImportNotice />
                  </div>
                  <SourceControls {...{ player, listening, loop, picture, hasSilences }} />
                  <div className={classes.text}>
                    <SuggestionHint />
                    {text.wordIds.length === 0 && !isGrowing ? (
                      <EmptyState title="No words were found">
                        {transcript.notice ||
                          'The recording seems to hold no speech. Listen to it above, or transcribe it again in another language.'}
                      </EmptyState>
                    ) : (
                      <EditingProvider {...{ workbench, evidence, containerRef }}>
                        <Transcript
                          containerRef={containerRef}
                          sourceId={source.id}
                          text={text}
                          speech={transcript.speech}
                          marks={marks}
                          marking={marking}
                          dispatch={dispatch}
                          mayMark={mayMark}
                          isGrowing={isGrowing}
                          isAtWork={session.jobs.some(isActive)}
                          speakers={workbench.faces}
                          memoCounts={rowMemos}
                          onMemos={showMemos}
                          onPlayFrom={player.playFrom}
                        >
                          <NameTags containerRef={containerRef} />
                          {mayMark ? (
                            <MarkToolbar
                              containerRef={containerRef}
                              range={actions.range ?? activeMark?.range ?? null}
                              actions={actions}
                              open={open}
                              onOpen={setOpen}
                              onClose={clear}
                            />
                          ) : null}
                          {resumed ? <ResumeNote resumed={resumed} /> : null}
                        </Transcript>
                      </EditingProvider>
                    )}
                    <SpeakerStrip
                      onPointerDone={() => containerRef.current?.focus({ preventScroll: true })}
                    />
                    <ReviewDock />
                    <NewsLine />
                  </div>
                </div>
                {isWide ? (
                  <aside className={classes.side} aria-label="Excerpts and facts">
                    {picture?.isShown && picture.place === 'side' ? (
                      <PicturePanel picture={picture} onToggle={player.toggle} />
                    ) : null}
                    <SidePanel tab={tab} onTab={setTab} />
                  </aside>
                ) : (
                  <Drawer
                    opened={isPanelOpen}
                    onClose={panel.close}
                    position="right"
                    size="min(420px, 100%)"
                    title="Excerpts and facts"
                    padding={0}
                    closeButtonProps={{ 'aria-label': 'Close' }}
                    styles={{ header: { padding: '8px 16px' } }}
                  >
                    <SidePanel tab={tab} onTab={setTab} />
                  </Drawer>
                )}
              </div>
            </ReplaceProvider>
          </SpeakerProvider>
        </ReviewProvider>
      </HistoryContext>
    </WorkbenchContext>
  );
}
