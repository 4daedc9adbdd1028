/** Marking, placing and tagging words: shown at once, sent in order, taken back when refused. */

import {
  createExcerpt,
  createPlacing,
  deleteExcerpt,
  deletePlacing,
  type Excerpt,
  type NewPlacing,
  type Placing,
  restoreExcerpt,
  setExcerptTags,
  type TagRef,
  updateExcerpt,
  updatePlacing,
} from '@/api';
import {
  changePlacing,
  type ExcerptDraft,
  findSamePlacing,
  toExcerpt,
  toNewExcerpt,
  toPlacing,
} from './excerptDraft';

/** The excerpts the page shows. */
export interface ExcerptShelf {
  get: (excerptId: string) => Excerpt | undefined;
  add: (excerpt: Excerpt) => void;
  put: (excerptId: string, excerpt: Excerpt) => void;
  remove: (excerptId: string) => void;
  /** Asks the server again what there is. */
  reload: () => unknown;
}

export interface ExcerptEvents {
  /** The server has given a draft its real id. */
  onRealId: (draftId: string, realId: string) => void;
  /** Something was saved: counts, maps and hits elsewhere no longer hold. */
  onSaved: () => void;
  onFailure: (title: string, error: unknown) => void;
  onDeleted: (undo: () => Promise<void>) => void;
}

interface Change {
  show: (excerpt: Excerpt) => Excerpt;
  send: (excerpt: Excerpt) => Promise<Excerpt>;
  /** The sentence shown when the server refuses. */
  failure: string;
}

/** The words of an excerpt, and what the page knows of them. */
export type ExcerptWords = Pick<
  Excerpt,
  'first_word_id' | 'last_word_id' | 'text' | 'start_ms' | 'end_ms'
>;

/** New ends of an excerpt that wait for the next key press before they are sent. */
interface Stretching {
  words: ExcerptWords;
  send: () => void;
  timer: number;
}

const STRETCH_PAUSE_MS = 450;
const SETTLING_ROUNDS = 20;
const DRAFT = 'draft-';

/** Whether the server has yet to name an excerpt: nothing can be asked of it until then. */
export const isDraftId = (excerptId: string) => excerptId.startsWith(DRAFT);

export class ExcerptEditor {
  private draftCount = 0;
  /** The latest answer awaited for each excerpt; a further change is sent after it. */
  private readonly awaited = new Map<string, Promise<Excerpt>>();
  private readonly realIds = new Map<string, string>();
  private readonly stretching = new Map<string, Stretching>();
  /** Deletions on their way. */
  private readonly leaving = new Map<string, Promise<void>>();
  /** Rises with whatever begins or is answered here; for each excerpt, where it stood then. */
  private moment = 0;
  private readonly touchedAt = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly workspaceId: string,
    private readonly sessionId: string,
    private readonly shelf: ExcerptShelf,
    private readonly events: ExcerptEvents,
  ) {}

  /** An excerpt as it is shown now, with changes the server has yet to confirm. */
  get = (excerptId: string): Excerpt | undefined =>
    this.shelf.get(this.realIds.get(excerptId) ?? excerptId) ?? this.shelf.get(excerptId);

  /** Marks words and returns the id the mark is shown under until the server names it. */
  create = (draft: ExcerptDraft): string => {
    this.draftCount += 1;
    const draftId = `${DRAFT}${this.draftCount}`;
    this.shelf.add(toExcerpt(draft, draftId, this.sessionId));
    this.touch(draftId);
    const answer = createExcerpt(this.workspaceId, toNewExcerpt(draft));
    this.awaited.set(draftId, answer);
    answer.then(
      (excerpt) => this.adopt(draftId, excerpt, answer),
      (error) => {
        this.awaited.delete(draftId);
        this.shelf.remove(draftId);
        this.events.onFailure('These words were not marked.', error);
      },
    );
    return draftId;
  };

  place = (excerptId: string, placing: NewPlacing) =>
    this.change(excerptId, {
      show: (excerpt) => ({
        ...excerpt,
        placings: [...excerpt.placings, toPlacing(placing, `new-${placing.quadrant}`)],
      }),
      send: (excerpt) => createPlacing(this.workspaceId, excerpt.id, placing),
      failure: 'The excerpt was not placed.',
    });

  updatePlacing = (excerptId: string, placing: Placing, changes: Partial<NewPlacing>) =>
    this.change(excerptId, {
      show: (excerpt) => ({
        ...excerpt,
        placings: excerpt.placings.map((one) =>
          one.id === placing.id ? changePlacing(one, changes) : one,
        ),
      }),
      send: (excerpt) =>
        updatePlacing(this.workspaceId, findSamePlacing(excerpt, placing).id, changes),
      failure: 'The placing was not changed.',
    });

  unplace = (excerptId: string, placing: Placing) =>
    this.change(excerptId, {
      show: (excerpt) => ({
        ...excerpt,
        placings: excerpt.placings.filter((one) => one.id !== placing.id),
      }),
      send: (excerpt) => deletePlacing(this.workspaceId, findSamePlacing(excerpt, placing).id),
      failure: 'The placing was not removed.',
    });

  setTags = (excerptId: string, tags: TagRef[]) =>
    this.change(excerptId, {
      show: (excerpt) => ({ ...excerpt, tags }),
      send: (excerpt) =>
        setExcerptTags(
          this.workspaceId,
          excerpt.id,
          tags.map((tag) => tag.id),
        ),
      failure: 'The tags were not changed.',
    });

  setKeyQuote = (excerptId: string, isKeyQuote: boolean) =>
    this.change(excerptId, {
      show: (excerpt) => ({ ...excerpt, is_key_quote: isKeyQuote }),
      send: (excerpt) => updateExcerpt(this.workspaceId, excerpt.id, { is_key_quote: isKeyQuote }),
      failure: 'The key quote was not changed.',
    });

  /** Shown with every key press, sent once they pause. */
  setWords = (excerptId: string, words: ExcerptWords) => {
    const id = this.realIds.get(excerptId) ?? excerptId;
    const shown = this.shelf.get(id);
    if (!shown) return;
    const waiting = this.stretching.get(id);
    if (!waiting) return this.stretch(id, words);
    window.clearTimeout(waiting.timer);
    waiting.words = words;
    waiting.timer = window.setTimeout(waiting.send, STRETCH_PAUSE_MS);
    this.shelf.put(id, { ...shown, ...words });
    this.touch(id);
  };

  /** Sends what waits for further keys, and resolves when all that was sent is answered. */
  settle = async (): Promise<void> => {
    this.sendWaiting();
    // A change may have begun while earlier ones were awaited.
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) {
      if (this.awaited.size === 0 && this.leaving.size === 0) return;
      await Promise.allSettled([...this.awaited.values(), ...this.leaving.values()]);
    }
  };

  /** Sends what waits for further keys. */
  sendWaiting = () => {
    for (const waiting of [...this.stretching.values()]) waiting.send();
  };

  /** Told whenever the server has answered a change. */
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** To be taken when something is asked of the server, for `isNewerThan`. */
  getMoment = (): number => this.moment;

  /** Whether an excerpt was changed here since a moment, or such a change is on its way. */
  isNewerThan = (excerptId: string, moment: number): boolean =>
    (this.touchedAt.get(excerptId) ?? 0) > moment || this.isOnItsWay(excerptId);

  /** Whether the server may know excerpts by ids that the page has yet to learn. */
  get hasDrafts(): boolean {
    return [...this.awaited.keys()].some(isDraftId);
  }

  remove = (excerptId: string): Promise<void> => {
    const id = this.realIds.get(excerptId) ?? excerptId;
    const leaving = this.sendRemoval(id).finally(() => {
      for (const gone of [id, this.realIds.get(id) ?? id]) {
        this.leaving.delete(gone);
        this.touch(gone);
      }
    });
    this.leaving.set(id, leaving);
    return leaving;
  };

  private sendRemoval = async (excerptId: string) => {
    const shown = this.shelf.get(excerptId);
    if (!shown) return;
    this.stretching.get(excerptId)?.send();
    const awaited = this.awaited.get(excerptId);
    this.shelf.remove(excerptId);
    this.touch(excerptId);
    try {
      const { id } = (await awaited) ?? shown;
      this.shelf.remove(id);
      this.touch(id);
      await deleteExcerpt(this.workspaceId, id);
      this.tellSaved();
      this.events.onDeleted(() => this.restore(id));
    } catch (error) {
      this.events.onFailure('The excerpt was not deleted.', error);
      this.shelf.reload();
    }
  };

  private restore = async (excerptId: string) => {
    try {
      await restoreExcerpt(this.workspaceId, excerptId);
      this.shelf.reload();
      this.tellSaved();
    } catch (error) {
      this.events.onFailure('The excerpt was not brought back.', error);
    }
  };

  /** The draft becomes what the server made of it, unless later changes are still on their way. */
  private adopt(draftId: string, excerpt: Excerpt, answer: Promise<Excerpt>) {
    this.realIds.set(draftId, excerpt.id);
    const latest = this.awaited.get(draftId);
    const shown = this.shelf.get(draftId);
    const waiting = this.stretching.get(draftId);
    const leaving = this.leaving.get(draftId);
    this.awaited.delete(draftId);
    if (waiting) this.stretching.set(excerpt.id, waiting);
    this.stretching.delete(draftId);
    if (leaving) this.leaving.set(excerpt.id, leaving);
    this.touch(excerpt.id);
    if (latest && latest !== answer && shown) {
      this.awaited.set(excerpt.id, latest);
      this.shelf.put(draftId, { ...shown, id: excerpt.id });
    } else {
      this.shelf.put(draftId, excerpt);
    }
    this.events.onRealId(draftId, excerpt.id);
    this.tellSaved();
  }

  private tellSaved() {
    this.events.onSaved();
    for (const listener of this.listeners) listener();
  }

  private touch(excerptId: string) {
    this.moment += 1;
    this.touchedAt.set(excerptId, this.moment);
  }

  private isOnItsWay(excerptId: string): boolean {
    return this.awaited.has(excerptId) || this.leaving.has(excerptId);
  }

  private stretch(excerptId: string, words: ExcerptWords) {
    let send = () => {};
    const isDue = new Promise<void>((resolve) => {
      send = resolve;
    });
    const waiting: Stretching = {
      words,
      send: () => {
        window.clearTimeout(waiting.timer);
        const id = this.realIds.get(excerptId) ?? excerptId;
        this.stretching.delete(id);
        send();
      },
      timer: 0,
    };
    this.change(excerptId, {
      show: (excerpt) => ({ ...excerpt, ...words }),
      send: async (excerpt) => {
        await isDue;
        const { first_word_id, last_word_id } = waiting.words;
        return updateExcerpt(this.workspaceId, excerpt.id, { first_word_id, last_word_id });
      },
      failure: 'The excerpt kept its words as they were.',
    });
    waiting.timer = window.setTimeout(waiting.send, STRETCH_PAUSE_MS);
    this.stretching.set(excerptId, waiting);
  }

  private change(excerptId: string, { show, send, failure }: Change) {
    const id = this.realIds.get(excerptId) ?? excerptId;
    const shown = this.shelf.get(id);
    if (!shown) return;
    this.stretching.get(id)?.send();
    this.shelf.put(id, show(shown));
    this.touch(id);
    const answer = (this.awaited.get(id) ?? Promise.resolve(shown)).then(send);
    this.awaited.set(id, answer);
    answer.then(
      (excerpt) => {
        // Only the latest answer is shown: an earlier one lacks what was changed since.
        if (this.awaited.get(excerpt.id) === answer) {
          this.awaited.delete(excerpt.id);
          this.shelf.put(excerpt.id, excerpt);
        }
        this.touch(excerpt.id);
        this.tellSaved();
      },
      (error) => {
        this.awaited.delete(this.realIds.get(id) ?? id);
        this.events.onFailure(failure, error);
        this.shelf.reload();
      },
    );
  }
}
