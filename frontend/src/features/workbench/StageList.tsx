/** The quiet stepper above the text: upload, prepare, transcribe, make searchable. */

import { Button, Group, Loader, Progress, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconPlayerPause } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelJob, deleteUpload, keys, retryJob, type SessionDetail } from '@/api';
import { type UploadProgress, uploadStore } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { ACCEPTED_FILES, findFault } from '@/lib/recordings';
import { ChooseFileButton, notifyFailure } from '@/ui';
import classes from './StageList.module.css';
import type { Stage, StageState } from './stages';

const STATE_WORDS: Record<StageState, string> = {
  waiting: 'still to come',
  active: 'at work',
  done: 'done',
  paused: 'paused',
  failed: 'failed',
};

function StageSign({ state }: { state: StageState }) {
  if (state === 'active') return <Loader size={16} aria-hidden />;
  if (state === 'done') return <IconCheck size={16} stroke={2.4} aria-hidden />;
  if (state === 'failed') return <IconAlertCircle size={17} aria-hidden />;
  if (state === 'paused') return <IconPlayerPause size={16} aria-hidden />;
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
    cancel: act(cancelJob, 'It could not be stopped.'),
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

function JobActions({ stage, sessionId }: { stage: Stage; sessionId: string }) {
  const { permissions } = useWorkspace();
  const { cancel, retry } = useJobActions(sessionId);
  const { job, state } = stage;
  if (!job || !permissions.may_edit_research) return null;
  if (state === 'failed') {
    return (
      <Group gap="xs" justify="flex-end">
        {stage.id === 'prepare' ? <OtherFile sessionId={sessionId} /> : null}
        <Button size="compact-sm" variant="default" onClick={() => void retry(job.id)}>
          Try again
        </Button>
      </Group>
    );
  }
  if (job.state !== 'running' && job.state !== 'queued') return null;
  return (
    <Button size="compact-sm" variant="default" onClick={() => void cancel(job.id)}>
      Stop
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

function StageDetail({ stage, actions }: { stage: Stage; actions: React.ReactNode }) {
  const remedy = stage.state === 'failed' ? stage.job?.error?.remedy : '';
  return (
    <div className={classes.detail} role={stage.state === 'failed' ? 'alert' : undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text size="sm" c={stage.state === 'failed' ? 'var(--mantine-color-error)' : undefined}>
          {stage.detail || (stage.state === 'active' ? 'At work' : '')}
          {remedy ? <span className={classes.remedy}> {remedy}</span> : null}
        </Text>
        <div className={classes.actions}>{actions}</div>
      </Group>
      {stage.state === 'active' ? (
        <Progress
          mt={6}
          size="sm"
          value={stage.share === null ? 100 : stage.share * 100}
          animated={stage.share === null}
          aria-label={`${stage.name}: progress`}
        />
      ) : null}
      {stage.state === 'active' ? (
        <Text size="xs" c="dimmed" mt={6}>
          {stage.id === 'upload'
            ? 'You can move to other pages. If the browser is closed, the upload waits here.'
            : 'You can leave: the work goes on, and is listed under Jobs.'}
        </Text>
      ) : null}
    </div>
  );
}

/** The stage to tell about: what failed, else what is at work or paused, else what waits. */
function findSpeaking(stages: readonly Stage[]): Stage | undefined {
  return (
    stages.find(({ state }) => state === 'failed') ??
    stages.find(({ state }) => state === 'active' || state === 'paused') ??
    stages.find(({ state, detail }) => state === 'waiting' && detail)
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
