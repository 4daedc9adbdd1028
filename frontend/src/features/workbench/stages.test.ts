import { describe, expect, it } from 'vitest';
import type { Job } from '@/api';
import type { UploadProgress } from '@/app/uploads';
import { makeJob, makeSessionDetail, makeSource } from '@/testing/makeSession';
import { findSpeaking, getStages, isWorthShowing, type Stage, type StageId } from './stages';

function makeUpload(changes: Partial<UploadProgress> = {}): UploadProgress {
  return {
    key: 'upload-1',
    workspaceId: 'team',
    sessionId: 'session-1',
    fileName: 'talk.ogg',
    sizeBytes: 1_000_000,
    sentBytes: 400_000,
    readings: [],
    state: 'sending',
    error: null,
    ...changes,
  };
}

const empty = makeSessionDetail({ sources: [], state: 'empty' });
const states = (stages: ReturnType<typeof getStages>) => stages.map(({ state }) => state);

describe('a session', () => {
  it('without anything has nothing to tell', () => {
    expect(isWorthShowing(getStages(empty, undefined))).toBe(false);
  });

  it('that is ready has nothing to tell, with or without jobs', () => {
    expect(isWorthShowing(getStages(makeSessionDetail(), undefined))).toBe(false);
    const jobs = [
      makeJob({ kind: 'prepare_media', state: 'succeeded' }),
      makeJob({ state: 'succeeded' }),
    ];
    expect(isWorthShowing(getStages(makeSessionDetail({ jobs }), undefined))).toBe(false);
  });
});

describe('an upload', () => {
  it('shows bytes and the speed of late', () => {
    const readings = [
      { atMs: 0, done: 200_000 },
      { atMs: 2000, done: 400_000 },
    ];
    const [upload, ...later] = getStages(empty, makeUpload({ readings }));
    expect(upload).toMatchObject({ state: 'active', share: 0.4 });
    expect(upload.detail).toBe('400 kB of 1.0 MB · 100 kB/s · a few seconds left');
    expect(states(later)).toEqual(later.map(() => 'waiting'));
  });

  it('left behind by a closed browser says how far it got and what to do', () => {
    const uploads = [
      {
        id: 'u',
        file_name: 'talk.ogg',
        size_bytes: 1000,
        offset_bytes: 437,
        created_at: '2026-11-22T10:00:00Z',
      },
    ];
    const [upload] = getStages({ ...empty, uploads }, undefined);
    expect(upload.state).toBe('paused');
    expect(upload.detail).toBe('Upload paused at 43 %: choose “talk.ogg” again to go on.');
  });

  it('that failed shows the reason and the remedy', () => {
    const error = Object.assign(new Error('No room is left.'), { remedy: 'Ask the operator.' });
    const [upload] = getStages(empty, makeUpload({ state: 'failed', error: error as never }));
    expect(upload).toMatchObject({ state: 'failed', detail: 'No room is left. Ask the operator.' });
  });
});

describe('the jobs of a recording', () => {
  const source = makeSource({ transcript: null });
  const prepared = makeJob({ id: 'job-0', kind: 'prepare_media', state: 'succeeded' });
  const readStages = (...jobs: Job[]) =>
    getStages(makeSessionDetail({ sources: [source], jobs: [prepared, ...jobs] }), undefined);
  const at = (stages: Stage[], id: StageId) => stages.find((stage) => stage.id === id)!;

  it('are counted in seconds of speech, with the time left', () => {
    const stages = readStages(
      makeJob({
        stage: 'recognising',
        progress_done: 200_000,
        progress_total: 2_465_000,
        progress_unit: 'ms',
        seconds_left: 240,
      }),
    );
    expect(stages.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'upload done',
      'prepare done',
      'decode done',
      'detect done',
      'load done',
      'recognise active',
      'speakers waiting',
      'index waiting',
    ]);
    expect(at(stages, 'recognise').detail).toBe(
      'Recognising words: 3:20 of 41:05 of speech, about 4 minutes left',
    );
    expect(isWorthShowing(stages)).toBe(true);
  });

  it.each([
    ['decoding', 'decode'],
    ['detecting speech', 'detect'],
    ['loading the model', 'load'],
    ['recognising', 'recognise'],
    ['saving', 'recognise'],
  ] as const)('in the stage “%s” are at work on %s', (stage, id) => {
    const stages = readStages(makeJob({ stage }));
    expect(findSpeaking(stages)).toMatchObject({ id, state: 'active' });
  });

  it('that failed keep what is done, and say why', () => {
    const error = { message: 'The disk is full.', remedy: 'Free some room.' };
    const stages = readStages(makeJob({ stage: 'detecting speech', state: 'failed', error }));
    expect(states(stages).slice(0, 5)).toEqual(['done', 'done', 'done', 'failed', 'waiting']);
    expect(findSpeaking(stages)).toMatchObject({ id: 'detect', detail: 'The disk is full.' });
  });

  it('being cancelled say so, and what was kept once they are', () => {
    const job = makeJob({ stage: 'recognising', is_cancel_requested: true });
    expect(findSpeaking(readStages(job))).toMatchObject({ state: 'cancelling' });
    const amount = { progress_done: 200_000, progress_total: 2_465_000, progress_unit: 'ms' };
    const cancelled = readStages({ ...job, ...amount, state: 'cancelled' });
    expect(findSpeaking(cancelled)).toMatchObject({
      state: 'cancelled',
      detail: 'Cancelled at 3:20 of 41:05 of speech. What was recognised until then is kept.',
    });
  });

  it('that wait again after a failure wait in words', () => {
    expect(findSpeaking(readStages(makeJob({ state: 'queued' })))).toMatchObject({
      id: 'decode',
      detail: 'Waiting for its turn',
    });
  });

  it('go on with speakers after the words', () => {
    const stages = readStages(
      makeJob({ state: 'succeeded' }),
      makeJob({ id: 'job-2', kind: 'find_speakers', stage: 'comparing voices' }),
    );
    expect(findSpeaking(stages)).toMatchObject({ id: 'speakers', state: 'active' });
    expect(at(stages, 'recognise').state).toBe('done');
  });

  it('show what followed an earlier text only after this transcription', () => {
    const stages = readStages(
      makeJob(),
      makeJob({ id: 'job-2', kind: 'find_speakers', state: 'succeeded' }),
      makeJob({ id: 'job-3', kind: 'reindex', state: 'succeeded' }),
    );
    expect(at(stages, 'speakers').state).toBe('waiting');
    expect(at(stages, 'index').state).toBe('waiting');
  });
});

describe('a transcript file on its way in', () => {
  it('is no stage of a recording', () => {
    const jobs = [makeJob({ kind: 'import_transcript', stage: 'reading', source_id: null })];
    const uploads = [{ id: 'u', file_name: 'call.vtt', size_bytes: 9, offset_bytes: 3 }];
    expect(getStages({ ...empty, jobs } as never, undefined)).toEqual([]);
    expect(getStages({ ...empty, uploads } as never, undefined)).toEqual([]);
    expect(isWorthShowing(getStages(makeSessionDetail({ jobs }), undefined))).toBe(false);
  });
});
