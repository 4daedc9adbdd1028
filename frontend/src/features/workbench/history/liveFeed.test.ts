import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { News } from '@/api';
import { makeChange, makeNews } from '@/testing/makeHistory';
import { LiveFeed } from './liveFeed';

let asked: (number | undefined)[];
let latest: number;
let isAllShown: boolean;
let answer: (news: News) => Promise<News>;
let feed: LiveFeed;
const shown = vi.fn();

function show(isHidden: boolean) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isHidden ? 'hidden' : 'visible');
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  latest = 200;
  isAllShown = true;
  answer = async (news) => news;
  shown.mockReset();
  feed = new LiveFeed({
    ask: (after) => {
      asked.push(after);
      return answer(makeNews({ latest }));
    },
    getMoment: () => 0,
    show: (news) => {
      shown(news.latest);
      return isAllShown;
    },
  });
});

afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

describe('the live feed', () => {
  it('asks again and again for what came after the last answer', async () => {
    feed.start();
    await vi.advanceTimersByTimeAsync(0);
    // Once more for what may have happened while the page was loading.
    await vi.advanceTimersByTimeAsync(400);
    latest = 203;
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked).toEqual([undefined, 150, 200, 203]);
  });

  it('tells only what differs from before', async () => {
    const told = vi.fn();
    feed.subscribe(told);
    feed.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveBeenCalledTimes(1);
    latest = 201;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveBeenCalledTimes(2);
    expect(feed.getStanding().latest).toBe(201);
  });

  it('asks again for what an edit on its way has kept out', async () => {
    feed.start();
    await vi.advanceTimersByTimeAsync(400);
    latest = 210;
    isAllShown = false;
    await vi.advanceTimersByTimeAsync(1500);
    isAllShown = true;
    await vi.advanceTimersByTimeAsync(400);
    expect(asked).toEqual([undefined, 150, 200, 200]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(asked.at(-1)).toBe(210);
  });

  it('rests while the page is hidden, and asks at once when it is shown', async () => {
    feed.start();
    await vi.advanceTimersByTimeAsync(400);
    show(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    show(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(3);
  });

  it('asks less often while the server does not answer', async () => {
    answer = () => Promise.reject(new Error('away'));
    feed.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBeLessThan(8);
    answer = async (news) => news;
    await vi.advanceTimersByTimeAsync(31_000);
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(3_100);
    expect(asked.length).toBeGreaterThanOrEqual(before + 2);
  });

  it('lets no answer overtake another', async () => {
    let arrive = (_: News) => {};
    answer = () => new Promise((resolve) => (arrive = resolve));
    feed.start();
    await vi.advanceTimersByTimeAsync(0);
    const undone = feed.turn(async (after) => ({
      ...makeNews({ latest: after ?? -1 }),
      change: makeChange(),
    }));
    await vi.advanceTimersByTimeAsync(100);
    expect(shown).not.toHaveBeenCalled();
    arrive(makeNews({ latest: 300 }));
    await undone;
    expect(shown.mock.calls).toEqual([[300], [250]]);
  });
});
