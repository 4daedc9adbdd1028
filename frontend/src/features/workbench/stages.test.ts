import { describe, expect, it } from 'vitest';
import type { UploadProgress } from '@/app/uploads';
import { makeJob, makeSessionDetail, makeSource } from '@/testing/makeSession';
import { getStages, isWorthShowing } from './stages';

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
    expect(states(later)).toEqual(['waiting', 'waiting', 'waiting']);
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

  it('are counted in seconds of audio, with the time left', () => {
    const jobs = [
      makeJob({ kind: 'prepare_media', state: 'succeeded' }),
      makeJob({
        stage: 'recognising',
        progress_done: 30_000,
        progress_total: 81_000,
        progress_unit: 'ms',
        seconds_left: 100,
      }),
    ];
    const stages = getStages(makeSessionDetail({ sources: [source], jobs }), undefined);
    expect(states(stages)).toEqual(['done', 'done', 'active', 'waiting']);
    expect(stages[2].detail).toBe('Recognising · 0:30 of 1:21 · about 2 minutes left');
    expect(isWorthShowing(stages)).toBe(true);
  });

  it('show a failure', () => {
    const error = { message: 'This file holds no sound.', remedy: 'Choose another.' };
    const jobs = [makeJob({ kind: 'prepare_media', state: 'failed', error })];
    const stages = getStages(makeSessionDetail({ sources: [source], jobs }), undefined);
    expect(stages[1]).toMatchObject({ state: 'failed', detail: 'This file holds no sound.' });
  });

  it('show indexing of an earlier text only after this transcription', () => {
    const jobs = [makeJob(), makeJob({ kind: 'reindex', state: 'succeeded' })];
    const stages = getStages(makeSessionDetail({ sources: [source], jobs }), undefined);
    expect(stages[3].state).toBe('waiting');
  });
});
