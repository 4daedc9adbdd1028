/** Jobs in words. */

import type { Job, JobKind } from '@/api';
import { formatDuration, formatTimeLeft } from '@/lib/time';

const KIND_NAMES: Record<JobKind, string> = {
  prepare_media: 'Preparing',
  transcribe: 'Transcribing',
  find_speakers: 'Telling speakers apart',
  import_transcript: 'Reading a transcript',
  reindex: 'Updating search',
  send_digest: 'Sending a weekly digest',
};

export function describeJobKind(kind: JobKind): string {
  return KIND_NAMES[kind] ?? 'Working';
}

/** How much is done, 0 to 1, or null while that is not known. */
export function getJobShare(job: Job): number | null {
  if (job.state === 'succeeded') return 1;
  if (job.progress_total <= 0) return null;
  return Math.min(1, job.progress_done / job.progress_total);
}

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** What a job does right now: "Transcribing: 2:10 of 7:40, about 3 minutes left". */
export function describeStage(job: Job): string {
  if (job.state === 'queued') return 'Waiting for its turn';
  if (job.state === 'succeeded') return 'Done';
  if (job.state === 'cancelled') return 'Cancelled';
  if (job.state === 'failed') return job.error?.message ?? 'Failed';
  if (job.is_cancel_requested) return 'Cancelling';
  const parts = [capitalise(job.stage)];
  if (job.progress_unit === 'ms' && job.progress_total > 0) {
    const whole = job.stage === 'recognising' ? ' of speech' : '';
    parts.push(
      `${formatDuration(job.progress_done)} of ${formatDuration(job.progress_total)}${whole}`,
    );
  } else if (job.progress_unit === 'documents' && job.progress_total > 0) {
    parts.push(`${job.progress_done} of ${job.progress_total}`);
  }
  if (job.seconds_left !== null) parts.push(`${formatTimeLeft(job.seconds_left)} left`);
  return parts.filter(Boolean).join(' · ') || 'Starting';
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
