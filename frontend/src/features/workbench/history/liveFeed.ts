/** Asks the server what is new, again and again while the page is looked at, one request at a time. */

import type { ChangeRef, News, TurnedChange } from '@/api';

const POLL_MS = 1500;
/** Where news had to wait for an edit on its way. */
const AGAIN_MS = 400;
const BACK_OFF_MAXIMUM_MS = 30_000;
/** What may have happened between the reading of the text and the first question. */
const OVERLAP = 50;

export interface Standing {
  undo: ChangeRef | null;
  redo: ChangeRef | null;
  latest: number;
  isTurning: boolean;
}

export interface FeedEnds {
  ask: (after: number | undefined) => Promise<News>;
  /** To be taken before asking. */
  getMoment: () => number;
  /** Shows what came. False: some of it must be asked for again. */
  show: (news: News, moment: number) => boolean;
}

const NOTHING: Standing = { undo: null, redo: null, latest: 0, isTurning: false };

function isSame(a: Standing, b: Standing): boolean {
  return (
    a.latest === b.latest &&
    a.isTurning === b.isTurning &&
    a.undo?.id === b.undo?.id &&
    a.redo?.id === b.redo?.id
  );
}

export class LiveFeed {
  private standing = NOTHING;
  private after: number | undefined;
  private timer = 0;
  private failures = 0;
  private isRunning = false;
  private isPoked = false;
  /** Answers must not overtake each other: an older one would bring back what was changed since. */
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ends: FeedEnds) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  getStanding = (): Standing => this.standing;

  start = () => {
    this.isRunning = true;
    document.addEventListener('visibilitychange', this.poke);
    this.poke();
  };

  stop = () => {
    this.isRunning = false;
    window.clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.poke);
  };

  /** Asks at once; while a request is under way, right after it. */
  poke = () => {
    window.clearTimeout(this.timer);
    if (!this.isRunning || document.visibilityState === 'hidden') return;
    if (this.waiting > 0) this.isPoked = true;
    else void this.poll();
  };

  /** Undoes or does again; the answer is shown like any other news. */
  turn = (send: (after: number | undefined) => Promise<TurnedChange>): Promise<TurnedChange> =>
    this.inOrder(async () => {
      this.put({ isTurning: true });
      try {
        const moment = this.ends.getMoment();
        const answer = await send(this.after);
        this.take(answer, moment);
        return answer;
      } finally {
        this.put({ isTurning: false });
      }
    });

  private poll = () =>
    this.inOrder(async () => {
      try {
        const moment = this.ends.getMoment();
        const news = await this.ends.ask(this.after);
        if (!this.isRunning) return;
        this.failures = 0;
        this.take(news, moment);
      } catch {
        this.failures += 1;
        this.plan(Math.min(BACK_OFF_MAXIMUM_MS, POLL_MS * 2 ** this.failures));
      }
    });

  private take(news: News, moment: number) {
    const isFirst = this.after === undefined;
    const isAllShown = this.ends.show(news, moment);
    if (isFirst) this.after = Math.max(0, news.latest - OVERLAP);
    else if (isAllShown) this.after = news.latest;
    this.put({ undo: news.undo, redo: news.redo, latest: news.latest });
    this.plan(isAllShown && !isFirst ? POLL_MS : AGAIN_MS);
  }

  private plan(delayMs: number) {
    window.clearTimeout(this.timer);
    if (this.isRunning) this.timer = window.setTimeout(this.poke, delayMs);
  }

  private async inOrder<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    this.waiting += 1;
    const answer = this.queue.then(act);
    this.queue = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.waiting -= 1;
      if (this.isPoked && this.waiting === 0) {
        this.isPoked = false;
        this.poke();
      }
    }
  }

  private put(changes: Partial<Standing>) {
    const next = { ...this.standing, ...changes };
    // The page renders with it: not every second, but when there is something else to say.
    if (isSame(next, this.standing)) return;
    this.standing = next;
    for (const listener of this.listeners) listener();
  }
}
