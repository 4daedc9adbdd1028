import { expect, it } from 'vitest';
import { findOverTalk } from './overTalk';

const said = (speakerId: string | null, startMs: number | null, endMs: number | null) => ({
  speakerId,
  startMs,
  endMs,
  doubt: '' as const,
});

it('finds who begins while another voice is heard', () => {
  const segments = [said('ann', 0, 4000), said('ben', 3200, 3900), said('ann', 4000, 5000)];
  expect([...findOverTalk(segments)]).toEqual([1]);
});

it('takes a passage that lies within a longer one for over talk too', () => {
  const segments = [said('ann', 0, 9000), said('ben', 1000, 2000), said('eva', 5000, 6000)];
  expect([...findOverTalk(segments)]).toEqual([1, 2]);
});

it('leaves out one voice cut in two, edges that only touch, gaps and text without times', () => {
  expect(findOverTalk([said('ann', 0, 4000), said('ann', 3000, 5000)]).size).toBe(0);
  expect(findOverTalk([said('ann', 0, 4000), said('ben', 3900, 5000)]).size).toBe(0);
  expect(findOverTalk([said('ann', null, null), said('ben', null, null)]).size).toBe(0);
  const gap = { ...said(null, 0, 9000), doubt: 'gap' as const };
  expect(findOverTalk([gap, said('ben', 3000, 5000)]).size).toBe(0);
});
