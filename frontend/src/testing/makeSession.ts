/** Sessions, sources, transcripts and jobs for tests, whole but for what a test changes. */

import type { Job, Segment, SessionDetail, Source, Transcript } from '@/api';

export function makeJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind: 'transcribe',
    state: 'running',
    title: 'talk.ogg',
    stage: '',
    progress_done: 0,
    progress_total: 0,
    progress_unit: '',
    seconds_left: null,
    notice: '',
    error: null,
    failed_parts: [],
    is_cancel_requested: false,
    attempt: 1,
    study_id: 'study-1',
    session_id: 'session-1',
    source_id: 'source-1',
    created_at: '2026-11-22T10:00:00Z',
    started_at: '2026-11-22T10:00:01Z',
    finished_at: null,
    ...changes,
  };
}

export function makeSource(changes: Partial<Source> = {}): Source {
  return {
    id: 'source-1',
    kind: 'recording',
    name: 'talk.ogg',
    media: {
      duration_ms: 60_000,
      container: 'ogg',
      has_video: false,
      is_truncated: false,
      size_bytes: 240_000,
      media_url: '/api/workspaces/team/sources/source-1/media',
      peaks_url: '/api/workspaces/team/sources/source-1/peaks',
      original_url: '/api/workspaces/team/sources/source-1/original',
    },
    transcript: {
      id: 'transcript-1',
      version: 1,
      state: 'complete',
      engine: 'whisper',
      model: 'base',
      language: 'en',
      is_draft: false,
      notice: '',
      transcribed_ms: 60_000,
      duration_ms: 60_000,
      word_count: 12,
      seconds_taken: 20,
      created_at: '2026-11-22T10:01:00Z',
    },
    speakers: [
      {
        id: 'speaker-1',
        label: 'Speaker 1',
        role: 'participant',
        participant_id: 'participant-1',
        code_name: 'P01',
        persona_id: 'persona-1',
      },
      {
        id: 'speaker-2',
        label: 'Moderator',
        role: 'moderator',
        participant_id: null,
        code_name: null,
        persona_id: null,
      },
    ],
    imported_files: [],
    duplicate_of: null,
    ...changes,
  };
}

export function makeSessionDetail(changes: Partial<SessionDetail> = {}): SessionDetail {
  return {
    id: 'session-1',
    study_id: 'study-1',
    study_title: 'Booking a doctor’s visit',
    kind: 'interview',
    title: 'Between two school runs',
    held_on: '2026-09-15',
    language: 'en',
    participants: [
      { id: 'participant-1', code_name: 'P01', real_name: null, persona_id: 'persona-1' },
    ],
    duration_ms: 60_000,
    excerpt_count: 0,
    state: 'ready',
    created_at: '2026-11-22T10:00:00Z',
    sources: [makeSource()],
    uploads: [],
    jobs: [],
    ...changes,
  };
}

/** A segment of these words: ids follow `firstId`, each word begins half a second after the last. */
export function makeSegment(
  position: number,
  firstId: number,
  sentence: string,
  speakerId = 'speaker-1',
): Segment {
  const words = sentence.split(' ');
  const starts = words.map((_, index) => (firstId + index) * 500);
  return {
    id: `segment-${position}`,
    position,
    speaker_id: speakerId,
    start_ms: starts[0],
    end_ms: starts[starts.length - 1] + 400,
    word_ids: words.map((_, index) => firstId + index),
    words,
    starts_ms: starts,
    ends_ms: starts.map((start) => start + 400),
    is_speaker_suggested: false,
    voice: null,
    doubt: '',
    doubtful_word_ids: [],
  };
}

export function makeTranscript(changes: Partial<Transcript> = {}): Transcript {
  return {
    id: 'transcript-1',
    source_id: 'source-1',
    session_id: 'session-1',
    state: 'complete',
    engine: 'whisper',
    model: 'base',
    language: 'en',
    is_draft: false,
    notice: '',
    transcribed_ms: 60_000,
    duration_ms: 60_000,
    version: 1,
    is_current: true,
    word_count: 12,
    has_audio: true,
    speech: [],
    segments: [
      makeSegment(0, 1, 'How do you book?', 'speaker-2'),
      makeSegment(1, 5, 'I wait on hold for twenty minutes.'),
    ],
    ...changes,
  };
}
