/** Where a recording is on its way to searchable text, stage by stage. */

import type { Job, JobKind, SessionDetail, Source, Upload } from '@/api';
import { getJobShare } from '@/app/jobs';
import type { UploadProgress } from '@/app/uploads';
import { getPace, getSecondsLeft } from '@/lib/pace';
import { isTranscript } from '@/lib/recordings';
import { formatDuration, formatSize, formatTimeLeft } from '@/lib/time';

export type StageState =
  | 'waiting'
  | 'active'
  | 'done'
  | 'paused'
  | 'failed'
  | 'cancelling'
  | 'cancelled';

export type StageId =
  | 'upload'
  | 'prepare'
  | 'decode'
  | 'detect'
  | 'load'
  | 'recognise'
  | 'speakers'
  | 'index';

export interface Stage {
  id: StageId;
  name: string;
  state: StageState;
  detail: string;
  /** 0 to 1, or null while unknown. */
  share: number | null;
  job: Job | null;
}

const STAGE_NAMES: Record<StageId, string> = {
  upload: 'Upload',
  prepare: 'Prepare',
  decode: 'Decode',
  detect: 'Find speech',
  load: 'Load the model',
  recognise: 'Recognise words',
  speakers: 'Tell speakers apart',
  index: 'Make searchable',
};

/** What is said of a stage while it is at work. */
const DOING: Record<StageId, string> = {
  upload: 'Uploading',
  prepare: 'Preparing the recording for playback',
  decode: 'Decoding the sound',
  detect: 'Finding where somebody speaks',
  load: 'Loading the speech model',
  recognise: 'Recognising words',
  speakers: 'Comparing voices within this recording',
  index: 'Making the text searchable',
};

/** The stages of each job, and which of the worker's words stand for which. */
const STAGES_OF_JOBS: [kind: JobKind, stages: [id: StageId, words: readonly string[]][]][] = [
  ['prepare_media', [['prepare', ['reading', 'preparing']]]],
  [
    'transcribe',
    [
      ['decode', ['decoding']],
      ['detect', ['detecting speech', 'listening for speech']],
      ['load', ['loading the model']],
      ['recognise', ['recognising', 'saving']],
    ],
  ],
  ['find_speakers', [['speakers', ['decoding', 'comparing voices']]]],
  ['reindex', [['index', []]]],
];

function makeStage(id: StageId, changes: Partial<Stage> = {}): Stage {
  const name = STAGE_NAMES[id];
  return { id, name, state: 'waiting', detail: '', share: null, job: null, ...changes };
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
  const stage = makeStage('upload');
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

/** "3:20 of 41:05 of speech": how much is done, in what is counted. */
function describeAmount(id: StageId, job: Job): string {
  const { progress_done: done, progress_total: total } = job;
  if (job.progress_unit !== 'ms' || total <= 0) return '';
  const whole = id === 'recognise' ? 'of speech' : 'of the recording';
  return `${formatDuration(done)} of ${formatDuration(total)} ${whole}`;
}

function describeAtWork(id: StageId, job: Job): string {
  const amount = describeAmount(id, job);
  const left = job.seconds_left === null ? '' : `${formatTimeLeft(job.seconds_left)} left`;
  const progress = [amount, left].filter(Boolean).join(', ');
  return progress ? `${DOING[id]}: ${progress}` : DOING[id];
}

function describeCancelled(id: StageId, job: Job): string {
  if (id === 'prepare') return 'Cancelled. The uploaded file is kept.';
  if (id === 'speakers') return 'Cancelled. The text is whole; speakers stay as they were.';
  const amount = id === 'recognise' ? describeAmount(id, job) : '';
  if (amount) return `Cancelled at ${amount}. What was recognised until then is kept.`;
  return 'Cancelled before the first words. The recording is kept.';
}

function getOwnStage(id: StageId, job: Job): Pick<Stage, 'state' | 'detail' | 'share'> {
  const share = getJobShare(job);
  if (job.state === 'queued') {
    return { state: 'waiting', detail: 'Waiting for its turn', share: null };
  }
  if (job.state === 'failed') {
    return { state: 'failed', detail: job.error?.message ?? 'It failed.', share };
  }
  if (job.state === 'cancelled') {
    return { state: 'cancelled', detail: describeCancelled(id, job), share };
  }
  if (job.is_cancel_requested) {
    return { state: 'cancelling', detail: 'Cancelling: what is finished is kept.', share };
  }
  return { state: 'active', detail: describeAtWork(id, job), share };
}

/** The stages of one job: those before the one it is in are done, those after it wait. */
function getJobStages(ids: [id: StageId, words: readonly string[]][], job: Job | undefined) {
  if (!job) return ids.map(([id]) => makeStage(id));
  if (job.state === 'succeeded') {
    return ids.map(([id]) => makeStage(id, { state: 'done', share: 1, job }));
  }
  const found = ids.findIndex(([, words]) => words.includes(job.stage));
  const at = found === -1 ? 0 : found;
  return ids.map(([id], index) => {
    if (index < at) return makeStage(id, { state: 'done', share: 1, job });
    if (index > at) return makeStage(id, { job: null });
    return makeStage(id, { job, ...getOwnStage(id, job) });
  });
}

/** The recording that was added last: after a bad file a good one may have followed. */
export function findLatestRecording(session: SessionDetail): Source | undefined {
  return session.sources.findLast((source) => source.kind === 'recording');
}

function areDone(stages: readonly Stage[]): boolean {
  return stages.every(({ state }) => state === 'done');
}

function finishQuietly(stages: Stage[]) {
  for (const stage of stages) if (!stage.job) stage.state = 'done';
}

/** Recording and text may be there without jobs: they came together, or long ago. */
function settleWithoutJobs(stages: Stage[], recording: Source | undefined) {
  const pick = (...ids: StageId[]) => stages.filter(({ id }) => ids.includes(id));
  const [speakers] = pick('speakers');
  const [index] = pick('index');
  const text = pick('decode', 'detect', 'load', 'recognise');
  const hasNoJob = text.every(({ job }) => !job);
  if (recording?.media?.media_url) finishQuietly(pick('prepare'));
  if (hasNoJob && recording?.transcript?.state === 'complete') finishQuietly(text);
  const isTranscribed = areDone(text);
  if (isTranscribed) finishQuietly([speakers, index]);
  // What was compared or indexed before belongs to an earlier text.
  for (const stage of [speakers, index]) {
    if (!isTranscribed && stage.state === 'done') stage.state = 'waiting';
  }
}

/** The stages of a session, or none where there is nothing on its way and nothing failed. */
export function getStages(session: SessionDetail, own: UploadProgress | undefined): Stage[] {
  const recording = findLatestRecording(session);
  const begun = session.uploads.find((one) => !isTranscript({ name: one.file_name }));
  if (!recording && !begun && !own) return [];
  const upload = getUploadStage(own, begun, recording !== undefined);
  if (upload.state !== 'done' && upload.state !== 'waiting') {
    return [upload, ...STAGES_OF_JOBS.flatMap(([, ids]) => ids.map(([id]) => makeStage(id)))];
  }
  const stages = STAGES_OF_JOBS.flatMap(([kind, ids]) => {
    const job = session.jobs.find(
      (one) => one.kind === kind && (one.source_id === null || one.source_id === recording?.id),
    );
    return getJobStages(ids, job);
  });
  settleWithoutJobs(stages, recording);
  return [upload, ...stages];
}

/** Whether the stages have anything to say: something runs, waits, failed or was cancelled. */
export function isWorthShowing(stages: readonly Stage[]): boolean {
  const hasBegun = stages.some(({ state }) => state !== 'waiting') || stages.some(({ job }) => job);
  return hasBegun && !areDone(stages);
}

/** The stage to tell about: what failed or stopped, else what is at work, else what waits. */
export function findSpeaking(stages: readonly Stage[]): Stage | undefined {
  const STOPPED: StageState[] = ['failed', 'cancelling', 'cancelled'];
  return (
    stages.find(({ state }) => STOPPED.includes(state)) ??
    stages.find(({ state }) => state === 'active' || state === 'paused') ??
    stages.find(({ state, detail }) => state === 'waiting' && detail)
  );
}
