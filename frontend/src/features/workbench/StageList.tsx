/** The quiet stepper above the text: each stage, what it does now, what failed and what to do. */

import { Button, Group, Loader, Progress, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import {
  IconAlertCircle,
  IconCheck,
  IconPlayerPause,
  IconPlayerStop,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { cancelJob, deleteUpload, keys, retryJob, type SessionDetail } from '@/api';
import { type UploadProgress, uploadStore } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { ACCEPTED_FILES, findFault } from '@/lib/recordings';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { ChooseFileButton, notifyFailure } from '@/ui';
import classes from './StageList.module.css';
import { findLatestRecording, findSpeaking, type Stage, type StageState } from './stages';

const STATE_WORDS: Record<StageState, string> = {
  waiting: 'still to come',
  active: 'at work',
  done: 'done',
  paused: 'paused',
  failed: 'failed',
  cancelling: 'being cancelled',
  cancelled: 'cancelled',
};

function StageSign({ state }: { state: StageState }) {
  if (state === 'active' || state === 'cancelling') return <Loader size={16} aria-hidden />;
  if (state === 'done') return <IconCheck size={16} stroke={2.4} aria-hidden />;
  if (state === 'failed') return <IconAlertCircle size={17} aria-hidden />;
  if (state === 'paused') return <IconPlayerPause size={16} aria-hidden />;
  if (state === 'cancelled') return <IconPlayerStop size={16} aria-hidden />;
  return <span className={classes.dot} />;
}

function useJobActions(sessionId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const act = (action: typeof cancelJob, failure: string) => async (jobId: string) => {
    try {
      await action(id, jobId);
    } catch (error) {
      notifyFailure(failure, error);
    }
    void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
    void client.invalidateQueries({ queryKey: keys.jobs(id) });
  };
  return {
    cancel: act(cancelJob, 'It could not be cancelled.'),
    retry: act(retryJob, 'It could not be started again.'),
  };
}

/** A file that can't be read is best followed by one that can. */
function OtherFile({ sessionId }: { sessionId: string }) {
  const { id } = useWorkspace();
  const take = ([file]: File[]) => {
    const fault = file ? findFault(file) : '';
    if (fault) notifyFailure('The file was not added.', new Error(fault));
    else if (file) void uploadStore.start({ workspaceId: id, sessionId, file });
  };
  return (
    <ChooseFileButton accept={ACCEPTED_FILES} size="compact-sm" onFiles={take}>
      Choose another file
    </ChooseFileButton>
  );
}

/** Cancelled work can be left as it is; this browser then no longer tells of it. */
const LEFT_JOBS_MAXIMUM = 50;

export function useLeftJobs() {
  const [left, setLeft] = useLocalStorage<string[]>({ key: 'earshot-left-jobs', defaultValue: [] });
  return {
    left,
    leave: (jobId: string) => setLeft([...left.slice(1 - LEFT_JOBS_MAXIMUM), jobId]),
  };
}

function JobActions({ stage, sessionId }: { stage: Stage; sessionId: string }) {
  const { permissions } = useWorkspace();
  const { cancel, retry } = useJobActions(sessionId);
  const { leave } = useLeftJobs();
  const { job, state } = stage;
  if (!job || !permissions.may_edit_research) return null;
  if (state === 'failed') {
    return (
      <Group gap="xs" justify="flex-end">
        {stage.id === 'prepare' ? <OtherFile sessionId={sessionId} /> : null}
        <Button
          size="compact-sm"
          variant={stage.id === 'prepare' ? 'default' : 'filled'}
          leftSection={<IconRotateClockwise size={15} aria-hidden />}
          onClick={() => retry(job.id)}
        >
          Retry from here
        </Button>
      </Group>
    );
  }
  if (state === 'cancelled') {
    return (
      <Group gap="xs" justify="flex-end">
        <Button size="compact-sm" onClick={() => retry(job.id)}>
          Go on
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => leave(job.id)}>
          Leave it
        </Button>
      </Group>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={state === 'cancelling'}
      onClick={() => cancel(job.id)}
    >
      Cancel
    </Button>
  );
}

interface UploadActionsProps {
  session: SessionDetail;
  stage: Stage;
  upload: UploadProgress | undefined;
}

/** Goes on with an upload that a closed browser left behind; only the same file will do. */
function GoOn({ session }: { session: SessionDetail }) {
  const { id } = useWorkspace();
  const [fault, setFault] = useState('');
  const client = useQueryClient();
  const begun = session.uploads[0];
  if (!begun) return null;
  const take = ([file]: File[]) => {
    if (!file) return;
    if (file.size !== begun.size_bytes || file.name !== begun.file_name) {
      setFault(`“${file.name}” is another file. Choose “${begun.file_name}”, or start over.`);
      return;
    }
    void uploadStore.start({ workspaceId: id, sessionId: session.id, file, uploadId: begun.id });
  };
  const startOver = async () => {
    try {
      await deleteUpload(id, begun.id);
    } catch (error) {
      notifyFailure('The unfinished upload was not removed.', error);
    }
    void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
  };
  return (
    <>
      <Group gap="xs" justify="flex-end">
        <ChooseFileButton accept={ACCEPTED_FILES} size="compact-sm" onFiles={take}>
          Choose the file
        </ChooseFileButton>
        <Button size="compact-sm" variant="default" onClick={() => void startOver()}>
          Start over
        </Button>
      </Group>
      {fault ? (
        <Text role="alert" size="sm" mt={4} c="var(--mantine-color-error)">
          {fault}
        </Text>
      ) : null}
    </>
  );
}

function UploadActions({ session, stage, upload }: UploadActionsProps) {
  const { permissions } = useWorkspace();
  if (!permissions.may_edit_research || stage.state === 'done') return null;
  if (!upload || upload.state === 'done') return <GoOn session={session} />;
  return (
    <Group gap="xs">
      {upload.state === 'sending' ? (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void uploadStore.pause(upload.key)}
        >
          Pause
        </Button>
      ) : (
        <Button size="compact-sm" onClick={() => uploadStore.retry(upload.key)}>
          {upload.state === 'paused' ? 'Go on' : 'Try again'}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void uploadStore.cancel(upload.key)}
      >
        Cancel
      </Button>
    </Group>
  );
}

/** The minutes that could not be recognised; each leads to its place in the text. */
function FailedParts({ stage, sessionId }: { stage: Stage; sessionId: string }) {
  const { id } = useWorkspace();
  const parts = stage.job?.failed_parts ?? [];
  if (parts.length === 0) return null;
  return (
    <div className={classes.parts}>
      <Text size="sm" fw={550}>
        {formatCount(parts.length, 'stretch', 'stretches')} without text:
      </Text>
      <ul>
        {parts.map(({ start_ms, end_ms, message }) => (
          <li key={start_ms}>
            <Link to={paths.session(id, sessionId, { t: start_ms })} title={message}>
              {formatDuration(start_ms)}–{formatDuration(end_ms)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is said beside work that goes on, so that nobody waits for it in vain. */
function getFootnote({ id, state }: Stage, hasText: boolean): string {
  if (state !== 'active') return '';
  if (id === 'upload') {
    return 'You can move to other pages. If the browser is closed, the upload waits here.';
  }
  if (hasText && id !== 'speakers') {
    return 'The text below stays until the new version is whole. You can leave: the work goes on.';
  }
  if (id === 'recognise') {
    return 'Text appears below as it is recognised. You can leave: the work goes on.';
  }
  return 'You can leave: the work goes on, and is listed under Jobs.';
}

function StageProgress({ stage }: { stage: Stage }) {
  if (stage.state !== 'active') return null;
  return (
    <Progress
      mt={6}
      size="sm"
      value={stage.share === null ? 100 : stage.share * 100}
      animated={stage.share === null}
      aria-label={`${stage.name}: progress`}
    />
  );
}

interface StageDetailProps {
  stage: Stage;
  sessionId: string;
  /** A whole text is there already; another version of it is made. */
  hasText: boolean;
  actions: React.ReactNode;
}

function StageDetail({ stage, sessionId, hasText, actions }: StageDetailProps) {
  const hasFailed = stage.state === 'failed';
  const remedy = hasFailed ? stage.job?.error?.remedy : '';
  const footnote = getFootnote(stage, hasText);
  return (
    <div className={classes.detail} role={hasFailed ? 'alert' : undefined}>
      <div className={classes.telling}>
        <Text size="sm" c={hasFailed ? 'var(--mantine-color-error)' : undefined}>
          {hasFailed ? <b>{stage.name}: </b> : null}
          {stage.detail || (stage.state === 'active' ? 'At work' : '')}
          {remedy ? <span className={classes.remedy}> {remedy}</span> : null}
        </Text>
        <div className={classes.actions}>{actions}</div>
      </div>
      <StageProgress stage={stage} />
      <FailedParts stage={stage} sessionId={sessionId} />
      {footnote ? (
        <Text size="xs" c="dimmed" mt={6}>
          {footnote}
        </Text>
      ) : null}
    </div>
  );
}

interface StageListProps {
  session: SessionDetail;
  stages: readonly Stage[];
  upload: UploadProgress | undefined;
}

export function StageList({ session, stages, upload }: StageListProps) {
  const speaking = findSpeaking(stages);
  return (
    <section className={classes.box} aria-label="Progress of the recording">
      <ol className={classes.stages}>
        {stages.map(({ id, name, state }) => (
          <li key={id} className={classes.stage} data-state={state}>
            <StageSign state={state} />
            <span>{name}</span>
            <span className="only-for-screen-readers">{STATE_WORDS[state]}</span>
          </li>
        ))}
      </ol>
      {speaking ? (
        <StageDetail
          stage={speaking}
          sessionId={session.id}
          hasText={findLatestRecording(session)?.transcript?.state === 'complete'}
          actions={
            speaking.id === 'upload' ? (
              <UploadActions session={session} stage={speaking} upload={upload} />
            ) : (
              <JobActions stage={speaking} sessionId={session.id} />
            )
          }
        />
      ) : null}
    </section>
  );
}
