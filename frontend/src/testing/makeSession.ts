/** Sessions, sources, transcripts and jobs for tests, whole but for what a test changes. */

import type { Job, Segment, SessionDetail, Source, Transcript, TranscriptOnItsWay } from '@/api';

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
    withdrawn: [],
    is_closed: false,
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
  const startMs = firstId * 500;
  return {
    id: `segment-${position}`,
    position,
    speaker_id: speakerId,
    start_ms: startMs,
    end_ms: startMs + words.length * 500 - 100,
    word_id_runs: [[firstId, words.length, 1]],
    words,
    gaps_ms: words.map((_, index) => (index === 0 ? 0 : 100)),
    lengths_ms: words.map(() => 400),
    is_speaker_suggested: false,
    voice: null,
    doubt: '',
    style: '',
    doubtful: [],
    is_withheld: false,
  };
}

/** Times as the time since the end before, and how long each lasts. */
function makePauses(times: readonly (readonly [number | null, number | null])[]) {
  let clockMs = 0;
  const pauses = times.map(([startMs, endMs]) => {
    const pauseMs = startMs === null ? null : startMs - clockMs;
    clockMs = endMs ?? startMs ?? clockMs;
    return pauseMs;
  });
  const durations = times.map(([startMs, endMs]) =>
    startMs === null || endMs === null ? null : endMs - startMs,
  );
  return { pauses_ms: pauses, durations_ms: durations };
}

/** The segments in columns, as the server answers with them. */
function makeColumns(segments: readonly Segment[]): TranscriptOnItsWay['segments'] {
  const times = makePauses(segments.map(({ start_ms, end_ms }) => [start_ms, end_ms]));
  return {
    id: segments.map(({ id }) => id),
    position_steps: segments.map(
      ({ position }, index) => position - (segments[index - 1]?.position ?? 0),
    ),
    speaker_id: segments.map(({ speaker_id }) => speaker_id),
    is_speaker_suggested: segments.map(({ is_speaker_suggested }) => is_speaker_suggested),
    voice: segments.map(({ voice }) => voice),
    doubt: segments.map(({ doubt }) => doubt),
    style: segments.map(({ style }) => style),
    ...times,
    word_id_runs: segments.flatMap(({ word_id_runs }) => word_id_runs),
    words: segments.map(({ words }) => words),
    gaps_ms: segments.map(({ gaps_ms }) => gaps_ms),
    lengths_ms: segments.map(({ lengths_ms }) => lengths_ms),
    doubtful: segments.map(({ doubtful }) => doubtful),
    is_withheld: segments.map(({ is_withheld }) => is_withheld),
  };
}

/** A transcript as the server answers with it. */
export function makeTranscript(changes: Partial<Transcript> = {}): TranscriptOnItsWay {
  const segments = changes.segments ?? [
    makeSegment(0, 1, 'How do you book?', 'speaker-2'),
    makeSegment(1, 5, 'I wait on hold for twenty minutes.'),
  ];
  const speech = makePauses(changes.speech ?? []) as TranscriptOnItsWay['speech'];
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
    ...changes,
    speech,
    segments: makeColumns(segments),
  };
}
