/** Where a recording is on its way to searchable text, in four stages. */

import type { Job, JobKind, SessionDetail, Source, Upload } from '@/api';
import { describeStage, getJobShare } from '@/app/jobs';
import type { UploadProgress } from '@/app/uploads';
import { getPace, getSecondsLeft } from '@/lib/pace';
import { formatSize, formatTimeLeft } from '@/lib/time';

export type StageState = 'waiting' | 'active' | 'done' | 'paused' | 'failed';

export interface Stage {
  id: 'upload' | 'prepare' | 'transcribe' | 'index';
  name: string;
  state: StageState;
  detail: string;
  /** 0 to 1, or null while unknown. */
  share: number | null;
  job: Job | null;
}

function describeSending(upload: UploadProgress): string {
  const parts = [`${formatSize(upload.sentBytes)} of ${formatSize(upload.sizeBytes)}`];
  const pace = getPace(upload.readings);
  if (pace) parts.push(`${formatSize(pace)}/s`);
  const secondsLeft = getSecondsLeft(upload.readings, upload.sizeBytes);
  if (secondsLeft !== null && upload.sentBytes < upload.sizeBytes) {
    parts.push(`${formatTimeLeft(secondsLeft)} left`);
  }
  return parts.join(' · ');
}

function describePaused(upload: { offset_bytes: number; size_bytes: number; file_name: string }) {
  const share = upload.size_bytes ? Math.floor((upload.offset_bytes / upload.size_bytes) * 100) : 0;
  return `Upload paused at ${share} %: choose “${upload.file_name}” again to go on.`;
}

function getUploadStage(
  own: UploadProgress | undefined,
  begun: Upload | undefined,
  hasSource: boolean,
): Stage {
  const stage: Stage = {
    id: 'upload',
    name: 'Upload',
    state: 'waiting',
    detail: '',
    share: null,
    job: null,
  };
  if (own && own.state !== 'done') {
    const share = own.sizeBytes ? own.sentBytes / own.sizeBytes : null;
    if (own.state === 'sending')
      return { ...stage, state: 'active', detail: describeSending(own), share };
    if (own.state === 'paused') return { ...stage, state: 'paused', detail: 'Paused', share };
    const fault = [own.error?.message, own.error?.remedy].filter(Boolean).join(' ');
    return { ...stage, state: 'failed', detail: fault, share };
  }
  if (own?.state === 'done' || hasSource) return { ...stage, state: 'done', share: 1 };
  if (begun) return { ...stage, state: 'paused', detail: describePaused(begun) };
  return stage;
}

const JOB_STAGES: [id: Stage['id'], name: string, kind: JobKind][] = [
  ['prepare', 'Prepare', 'prepare_media'],
  ['transcribe', 'Transcribe', 'transcribe'],
  ['index', 'Make searchable', 'reindex'],
];

function getJobState(job: Job | undefined): StageState {
  if (!job || job.state === 'queued') return 'waiting';
  if (job.state === 'running') return 'active';
  return job.state === 'succeeded' ? 'done' : 'failed';
}

/** The recording that was added last: after a bad file a good one may have followed. */
export function findLatestRecording(session: SessionDetail): Source | undefined {
  return session.sources.findLast((source) => source.kind === 'recording');
}

/** The stages of a session, or none where there is nothing on its way and nothing failed. */
export function getStages(session: SessionDetail, own: UploadProgress | undefined): Stage[] {
  const recording = findLatestRecording(session);
  const upload = getUploadStage(own, session.uploads[0], recording !== undefined);
  const jobStages = JOB_STAGES.map(([id, name, kind]): Stage => {
    const job = session.jobs.find(
      (one) => one.kind === kind && (one.source_id === null || one.source_id === recording?.id),
    );
    const detail = job && job.state !== 'succeeded' ? describeStage(job) : '';
    return {
      id,
      name,
      state: getJobState(job),
      detail,
      share: job ? getJobShare(job) : null,
      job: job ?? null,
    };
  });
  const [prepare, transcribe, index] = jobStages;
  // Recording and text may be there without jobs: they came together.
  if (!prepare.job && recording?.media?.media_url) prepare.state = 'done';
  if (!transcribe.job && recording?.transcript?.state === 'complete') transcribe.state = 'done';
  const isTranscribed = transcribe.state === 'done';
  if (!index.job && isTranscribed) index.state = 'done';
  if (!isTranscribed && index.state === 'done') index.state = 'waiting';
  if (upload.state === 'done' || upload.state === 'waiting') return [upload, ...jobStages];
  return [
    upload,
    ...jobStages.map(
      (stage): Stage => ({ ...stage, state: 'waiting', detail: '', share: null, job: null }),
    ),
  ];
}

/** Whether the stages have anything to say: something runs, waits or failed. */
export function isWorthShowing(stages: readonly Stage[]): boolean {
  const hasBegun = stages.some(({ state }) => state !== 'waiting') || stages.some(({ job }) => job);
  return hasBegun && stages.some(({ state }) => state !== 'done');
}
