/** Transcript files on their way in: what happens to each, what failed and what to do. */

import { Button, Loader, Progress, Text } from '@mantine/core';
import { IconAlertCircle, IconPlayerStop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { cancelJob, deleteUpload, type Job, keys, retryJob, type SessionDetail } from '@/api';
import { isActive } from '@/app/jobs';
import { type UploadProgress, uploadStore, useSessionUpload } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { isTranscript } from '@/lib/recordings';
import { notifyFailure } from '@/ui';
import { useLeftJobs } from '../StageList';
import { AddTranscriptButton } from './AddTranscript';
import classes from './Imports.module.css';

interface LineProps {
  sign: ReactNode;
  isFailure?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

function Line({ sign, isFailure = false, actions, children }: LineProps) {
  return (
    <li className={classes.line} role={isFailure ? 'alert' : undefined}>
      <span className={classes.sign}>{sign}</span>
      <div className={classes.telling}>{children}</div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </li>
  );
}

const FAILED = <IconAlertCircle size={17} color="var(--mantine-color-error)" aria-hidden />;

function useRefreshed(sessionId: string, failure: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      notifyFailure(failure, error);
    }
    void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
    void client.invalidateQueries({ queryKey: keys.jobs(id) });
  };
}

function SendingLine({ upload }: { upload: UploadProgress }) {
  if (upload.state === 'failed') {
    return (
      <Line
        sign={FAILED}
        isFailure
        actions={
          <>
            <Button size="compact-sm" onClick={() => uploadStore.retry(upload.key)}>
              Try again
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void uploadStore.cancel(upload.key)}
            >
              Leave it
            </Button>
          </>
        }
      >
        <Text size="sm">
          “{upload.fileName}” did not arrive. {upload.error?.message} {upload.error?.remedy}
        </Text>
      </Line>
    );
  }
  const share = upload.sizeBytes ? (upload.sentBytes / upload.sizeBytes) * 100 : 0;
  return (
    <Line sign={<Loader size={16} aria-hidden />}>
      <Text size="sm">“{upload.fileName}” is on its way</Text>
      <Progress mt={6} size="sm" value={share} aria-label={`Upload of ${upload.fileName}`} />
    </Line>
  );
}

/** Left behind by a closed browser: as small as these files are, choosing it again is quickest. */
function BegunLine({
  session,
  upload,
}: {
  session: SessionDetail;
  upload: { id: string; file_name: string };
}) {
  const { id } = useWorkspace();
  const act = useRefreshed(session.id, 'The unfinished upload was not removed.');
  return (
    <Line
      sign={FAILED}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void act(() => deleteUpload(id, upload.id))}
        >
          Remove it
        </Button>
      }
    >
      <Text size="sm">
        “{upload.file_name}” did not arrive whole. Remove it, then choose the file again.
      </Text>
    </Line>
  );
}

function FailedLine({ session, job }: { session: SessionDetail; job: Job }) {
  const { id, permissions } = useWorkspace();
  const act = useRefreshed(session.id, 'It could not be started again.');
  const { leave } = useLeftJobs();
  const isCancelled = job.state === 'cancelled';
  return (
    <Line
      sign={isCancelled ? <IconPlayerStop size={16} aria-hidden /> : FAILED}
      isFailure={!isCancelled}
      actions={
        permissions.may_edit_research ? (
          <>
            <Button
              size="compact-sm"
              variant={isCancelled ? 'filled' : 'default'}
              onClick={() => void act(() => retryJob(id, job.id))}
            >
              {isCancelled ? 'Go on' : 'Try again'}
            </Button>
            {job.source_id ? (
              <AddTranscriptButton
                size="compact-sm"
                sessionId={session.id}
                sourceId={job.source_id}
              >
                Choose another file
              </AddTranscriptButton>
            ) : null}
            <Button size="compact-sm" variant="default" onClick={() => leave(job.id)}>
              Leave it
            </Button>
          </>
        ) : null
      }
    >
      <Text size="sm" fw={550}>
        {isCancelled
          ? `“${job.title}” was not read: it was cancelled.`
          : `“${job.title}” could not be read.`}
      </Text>
      <Text size="sm" c="dimmed">
        {isCancelled
          ? 'The file is kept.'
          : `${job.error?.message ?? ''} ${job.error?.remedy ?? ''}`}
      </Text>
    </Line>
  );
}

function ReadingLine({ session, job }: { session: SessionDetail; job: Job }) {
  const { id, permissions } = useWorkspace();
  const act = useRefreshed(session.id, 'It could not be cancelled.');
  return (
    <Line
      sign={<Loader size={16} aria-hidden />}
      actions={
        permissions.may_edit_research ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={job.is_cancel_requested}
            onClick={() => void act(() => cancelJob(id, job.id))}
          >
            Cancel
          </Button>
        ) : null
      }
    >
      <Text size="sm">
        {job.state === 'queued' ? `“${job.title}” waits to be read` : `Reading “${job.title}”`}
      </Text>
    </Line>
  );
}

/** Names of files that this page has sent whole, whatever an older answer still says of them. */
function useSentNames(): ReadonlySet<string> {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  useEffect(
    () =>
      uploadStore.subscribeDone(({ fileName }) => setNames((all) => new Set([...all, fileName]))),
    [],
  );
  return names;
}

export function ImportProgress({ session }: { session: SessionDetail }) {
  const upload = useSessionUpload(session.id);
  const { left } = useLeftJobs();
  const sent = useSentNames();
  const sending = upload && isTranscript({ name: upload.fileName }) ? upload : undefined;
  const isSending = sending && sending.state !== 'done';
  const begun = session.uploads.filter(
    ({ file_name }) => isTranscript({ name: file_name }) && !sending && !sent.has(file_name),
  );
  const jobs = session.jobs.filter(
    (job) =>
      job.kind === 'import_transcript' && job.state !== 'succeeded' && !left.includes(job.id),
  );
  if (!isSending && begun.length + jobs.length === 0) return null;
  return (
    <ul className={classes.box} aria-label="Transcripts on their way in">
      {isSending ? <SendingLine upload={sending} /> : null}
      {begun.map((one) => (
        <BegunLine key={one.id} session={session} upload={one} />
      ))}
      {jobs.map((job) =>
        isActive(job) ? (
          <ReadingLine key={job.id} session={session} job={job} />
        ) : (
          <FailedLine key={job.id} session={session} job={job} />
        ),
      )}
    </ul>
  );
}
