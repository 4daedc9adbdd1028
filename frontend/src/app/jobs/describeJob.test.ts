import { expect, it } from 'vitest';
import { makeJob } from '@/testing/makeSession';
import { describeStage, getJobShare, isActive } from './describeJob';

it.each([
  [{ state: 'queued' }, 'Waiting for its turn'],
  [{ state: 'running' }, 'Starting'],
  [{ state: 'succeeded' }, 'Done'],
  [{ stage: 'listening for speech' }, 'Listening for speech'],
  [
    { stage: 'indexing', progress_done: 3, progress_total: 9, progress_unit: 'documents' },
    'Indexing · 3 of 9',
  ],
  [{ state: 'failed', error: { message: 'No sound.', remedy: '' } }, 'No sound.'],
] as const)('says what %o does', (changes, words) => {
  expect(describeStage(makeJob(changes))).toBe(words);
});

it('has no share while the whole is not known, and never more than all', () => {
  expect(getJobShare(makeJob())).toBeNull();
  expect(getJobShare(makeJob({ progress_done: 11, progress_total: 10 }))).toBe(1);
  expect(getJobShare(makeJob({ state: 'succeeded' }))).toBe(1);
});

it('knows work that goes on from work that ended', () => {
  expect(isActive(makeJob({ state: 'queued' }))).toBe(true);
  expect(isActive(makeJob({ state: 'cancelled' }))).toBe(false);
});
