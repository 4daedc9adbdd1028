/** What the session page looks like: waveform on top, text in the middle, excerpts at the side. */

import { Alert, Button, Drawer, Tabs, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconQuote } from '@tabler/icons-react';
import {
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useDeferredValue,
  useMemo,
  useState,
} from 'react';
import { isActive } from '@/app/jobs';
import { useMemoCounts } from '@/features/memos';
import { EmptyState } from '@/ui';
import { AboutPanel } from './AboutPanel';
import { ExcerptList } from './ExcerptList';
import { EditingProvider } from './editing/EditingProvider';
import { ExportMenu } from './exchange/ExportMenu';
import { ImportNotice } from './exchange/ImportedFiles';
import { HistoryButtons } from './history/HistoryButtons';
import { HistoryPanel } from './history/HistoryPanel';
import { HistoryContext, type WorkbenchHistory } from './history/history';
import { NameTags, NewsLine } from './history/LiveNews';
import type { Listening } from './listening/useListening';
import { MarkToolbar, type ToolbarForm } from './MarkToolbar';
import type { Mark } from './marks';
import { MemosPanel } from './memos/MemosPanel';
import { countRowMemos } from './memos/rowMemos';
import { PicturePanel } from './playing/PicturePanel';
import { ResumeNote } from './playing/ResumeNote';
import type { Loop } from './playing/useLoop';
import type { Picture } from './playing/usePicture';
import type { useReadingPlace } from './playing/useReadingPlace';
import type { SourcePlayer } from './playing/useSourcePlayer';
import { WithheldNotice } from './playing/WithheldNotice';
import { ReplaceProvider } from './replace/FixEverywhere';
import { ReviewButton } from './reviews/ReviewButton';
import { ReviewDock } from './reviews/ReviewDock';
import { ReviewProvider } from './reviews/ReviewProvider';
import { SessionHeader } from './SessionHeader';
import { SourceControls } from './SourceControls';
import { SpeakerProvider } from './speakers/SpeakerProvider';
import { SpeakerStrip } from './speakers/SpeakerStrip';
import { SuggestionHint } from './speakers/SpeakersSection';
import { Transcript } from './Transcript';
import type { MarkActions } from './useMarkActions';
import { TranscribeAgainButton } from './versions/TranscribeAgain';
import classes from './WorkbenchView.module.css';
import {
  type Evidence,
  useEvidence,
  useWorkbench,
  type Workbench,
  WorkbenchContext,
} from './workbench';

/** What changes with a key: rendered as soon as there is time, and all of it together. */
export interface View {
  evidence: Evidence;
  actions: MarkActions;
  /** The excerpt that stands out. */
  activeMark: Mark | undefined;
  /** The words the toolbar stands at. */
  range: Mark['range'] | null;
  player: SourcePlayer;
  listening: Listening;
  loop: Loop;
  picture: Picture | undefined;
  hasSilences: boolean;
  resumed: ReturnType<typeof useReadingPlace>;
  isKeyboard: boolean;
  open: ToolbarForm;
  /** Shown above the text: progress of the recording. */
  top: ReactNode;
}

interface WorkbenchBodyProps {
  workbench: Workbench;
  history: WorkbenchHistory;
  view: View;
  containerRef: RefObject<HTMLElement | null>;
  onKeyboard: (isKeyboard: boolean) => void;
  onOpen: (form: ToolbarForm) => void;
  onClear: () => void;
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

interface SidePanelProps {
  tab: string;
  onTab: (tab: string) => void;
}

/** Comes after the text, which nobody should have to wait for. */
function SidePanel(props: SidePanelProps) {
  const isTextThere = useDeferredValue(true, false);
  return isTextThere ? <PanelTabs {...props} /> : null;
}

function PanelTabs({ tab, onTab }: SidePanelProps) {
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

/** How many memos there are beside each row, and how they are shown. */
function useRowMemos({ workbench, view }: WorkbenchBodyProps, show: () => void) {
  const { session, text, dispatch } = workbench;
  const { marks } = view.evidence;
  const memos = useMemoCounts(session.id);
  const counts = useMemo(() => countRowMemos(text, marks, memos), [text, marks, memos]);
  const onMemos = useCallback(
    (row: number) => {
      dispatch({ type: 'stand', word: text.segmentOf.indexOf(row), activeId: null });
      show();
    },
    [dispatch, text, show],
  );
  return { counts, onMemos };
}

function Body(props: WorkbenchBodyProps) {
  const { workbench, history, view, containerRef, onOpen, onClear } = props;
  const { session, source, transcript, text, mayMark } = workbench;
  const { evidence, actions, player, listening, loop, picture, hasSilences } = view;
  const [isPanelOpen, panel] = useDisclosure();
  const [tab, setTab] = useState('excerpts');
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const openPanel = panel.open;
  const showMemos = useCallback(() => {
    setTab('memos');
    if (!isWide) openPanel();
  }, [openPanel, isWide]);
  const rowMemos = useRowMemos(props, showMemos);
  const isGrowing = transcript.state === 'in_progress';
  const hasWithheld = text.segments.some(({ isWithheld }) => isWithheld);
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
                              Excerpts ({evidence.excerpts.length})
                            </Button>
                          )}
                        </>
                      }
                    />
                    <div className={classes.top}>{view.top}</div>
                    <DraftBanner />
                    <ImportNotice />
                  </div>
                  <WithheldNotice />
                  <SourceControls {...{ player, listening, loop, picture, hasSilences }} />
                  <div className={classes.text}>
                    <SuggestionHint />
                    {text.wordIds.length === 0 && !isGrowing && !hasWithheld ? (
                      <EmptyState title="No words were found">
                        {transcript.notice ||
                          'The recording seems to hold no speech. Listen to it above, or transcribe it again in another language.'}
                      </EmptyState>
                    ) : (
                      <EditingProvider workbench={workbench} containerRef={containerRef}>
                        <Transcript
                          containerRef={containerRef}
                          sourceId={source.id}
                          text={text}
                          speech={transcript.speech}
                          marks={evidence.marks}
                          marking={evidence.marking}
                          activeId={view.activeMark?.excerpt.id}
                          getEvidence={workbench.getEvidence}
                          dispatch={workbench.dispatch}
                          mayMark={mayMark}
                          isKeyboard={view.isKeyboard}
                          onKeyboard={props.onKeyboard}
                          isGrowing={isGrowing}
                          isAtWork={session.jobs.some(isActive)}
                          speakers={workbench.faces}
                          memoCounts={rowMemos.counts}
                          onMemos={rowMemos.onMemos}
                          onPlayFrom={player.playFrom}
                        >
                          <NameTags containerRef={containerRef} />
                          {mayMark ? (
                            <MarkToolbar
                              containerRef={containerRef}
                              range={view.range}
                              actions={actions}
                              open={view.open}
                              onOpen={onOpen}
                              onClose={onClear}
                            />
                          ) : null}
                          {view.resumed ? <ResumeNote resumed={view.resumed} /> : null}
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

/** Renders only when it is given something else: a key changes the text's marks before this. */
export const WorkbenchBody = memo(Body);
