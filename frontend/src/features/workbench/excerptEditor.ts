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

export class ExcerptEditor {
  private draftCount = 0;
  /** The latest answer awaited for each excerpt; a further change is sent after it. */
  private readonly awaited = new Map<string, Promise<Excerpt>>();
  private readonly realIds = new Map<string, string>();

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
    const draftId = `draft-${this.draftCount}`;
    this.shelf.add(toExcerpt(draft, draftId, this.sessionId));
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

  remove = async (excerptId: string) => {
    const shown = this.shelf.get(excerptId);
    if (!shown) return;
    const awaited = this.awaited.get(excerptId);
    this.shelf.remove(excerptId);
    try {
      const { id } = (await awaited) ?? shown;
      this.shelf.remove(id);
      await deleteExcerpt(this.workspaceId, id);
      this.events.onSaved();
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
      this.events.onSaved();
    } catch (error) {
      this.events.onFailure('The excerpt was not brought back.', error);
    }
  };

  /** The draft becomes what the server made of it, unless later changes are still on their way. */
  private adopt(draftId: string, excerpt: Excerpt, answer: Promise<Excerpt>) {
    this.realIds.set(draftId, excerpt.id);
    const latest = this.awaited.get(draftId);
    const shown = this.shelf.get(draftId);
    this.awaited.delete(draftId);
    if (latest && latest !== answer && shown) {
      this.awaited.set(excerpt.id, latest);
      this.shelf.put(draftId, { ...shown, id: excerpt.id });
    } else {
      this.shelf.put(draftId, excerpt);
    }
    this.events.onRealId(draftId, excerpt.id);
    this.events.onSaved();
  }

  private change(excerptId: string, { show, send, failure }: Change) {
    const id = this.realIds.get(excerptId) ?? excerptId;
    const shown = this.shelf.get(id);
    if (!shown) return;
    this.shelf.put(id, show(shown));
    const answer = (this.awaited.get(id) ?? Promise.resolve(shown)).then(send);
    this.awaited.set(id, answer);
    answer.then(
      (excerpt) => {
        // Only the latest answer is shown: an earlier one lacks what was changed since.
        if (this.awaited.get(excerpt.id) === answer) {
          this.awaited.delete(excerpt.id);
          this.shelf.put(excerpt.id, excerpt);
        }
        this.events.onSaved();
      },
      (error) => {
        this.awaited.delete(this.realIds.get(id) ?? id);
        this.events.onFailure(failure, error);
        this.shelf.reload();
      },
    );
  }
}
