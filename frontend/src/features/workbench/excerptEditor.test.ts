import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Excerpt } from '@/api';
import { makeExcerpt } from '@/testing/makeEvidence';
import type { ExcerptDraft } from './excerptDraft';
import { ExcerptEditor } from './excerptEditor';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const DRAFT: ExcerptDraft = {
  transcript_id: 'transcript-1',
  first_word_id: 5,
  last_word_id: 8,
  text: 'I wait on hold',
  start_ms: 2500,
  end_ms: 4400,
  speaker_id: 'speaker-1',
  tags: [],
  placings: [{ quadrant: 'pain', aspect: '', persona_id: 'persona-1' }],
};

let shelf: Excerpt[];
const events = { onRealId: vi.fn(), onSaved: vi.fn(), onFailure: vi.fn(), onDeleted: vi.fn() };
const reload = vi.fn();

function makeEditor() {
  return new ExcerptEditor(
    'team',
    'session-1',
    {
      get: (id) => shelf.find((one) => one.id === id),
      add: (excerpt) => shelf.push(excerpt),
      put: (id, excerpt) => {
        shelf = shelf.map((one) => (one.id === id ? excerpt : one));
      },
      remove: (id) => {
        shelf = shelf.filter((one) => one.id !== id);
      },
      reload,
    },
    events,
  );
}

beforeEach(() => {
  shelf = [];
  vi.clearAllMocks();
});

/** The server's excerpt after a request, with the placing it was sent. */
const saved = (changes: Partial<Excerpt> = {}) => makeExcerpt({ id: 'real', ...changes });
const PAIN = {
  id: 'placing-1',
  quadrant: 'pain' as const,
  aspect: '' as const,
  persona_id: 'persona-1',
  persona_name: 'Maya',
  emotion: '',
  intensity: null,
};

describe('marking words', () => {
  it('shows the mark at once, then what the server made of it', async () => {
    let asked: unknown;
    server.use(
      http.post(`${API}/excerpts`, async ({ request }) => {
        asked = await request.json();
        return HttpResponse.json(saved({ placings: [PAIN] }), { status: 201 });
      }),
    );
    const draftId = makeEditor().create(DRAFT);
    expect(shelf).toMatchObject([
      { id: draftId, text: 'I wait on hold', placings: [{ quadrant: 'pain' }] },
    ]);
    await vi.waitFor(() => expect(events.onRealId).toHaveBeenCalledWith(draftId, 'real'));
    expect(shelf).toMatchObject([{ id: 'real', placings: [{ id: 'placing-1' }] }]);
    expect(asked).toMatchObject({ first_word_id: 5, last_word_id: 8, tag_ids: [] });
  });

  it('takes the mark back when the server refuses', async () => {
    server.use(http.post(`${API}/excerpts`, () => HttpResponse.json({}, { status: 403 })));
    makeEditor().create(DRAFT);
    await vi.waitFor(() => expect(events.onFailure).toHaveBeenCalled());
    expect(shelf).toEqual([]);
  });
});

describe('changes made before the server has named the excerpt', () => {
  it('are shown at once and sent after it, to its real id', async () => {
    const sent: string[] = [];
    const tag = { id: 'tag-1', name: 'On hold', colour: '#888888' };
    server.use(
      http.post(`${API}/excerpts`, async () => {
        sent.push('create');
        return HttpResponse.json(saved({ placings: [PAIN], tags: [] }), { status: 201 });
      }),
      http.put(`${API}/excerpts/real/tags`, () => {
        sent.push('tags');
        return HttpResponse.json(saved({ placings: [PAIN], tags: [tag] }));
      }),
      http.delete(`${API}/placings/placing-1`, () => {
        sent.push('unplace');
        return HttpResponse.json(saved({ placings: [], tags: [tag] }));
      }),
    );
    const editor = makeEditor();
    const draftId = editor.create(DRAFT);
    editor.setTags(draftId, [tag]);
    expect(shelf[0].tags).toEqual([tag]);
    editor.unplace(draftId, shelf[0].placings[0]);
    expect(shelf[0].placings).toEqual([]);
    await vi.waitFor(() => expect(sent).toEqual(['create', 'tags', 'unplace']));
    await vi.waitFor(() => expect(events.onSaved).toHaveBeenCalledTimes(3));
    expect(shelf).toMatchObject([{ id: 'real', tags: [{ id: 'tag-1' }], placings: [] }]);
  });
});

describe('a change that is refused', () => {
  it('is told, and the server is asked again', async () => {
    server.use(
      http.patch(`${API}/excerpts/real`, () =>
        HttpResponse.json({ message: 'No.', remedy: 'Wait.' }, { status: 409 }),
      ),
    );
    shelf = [saved()];
    makeEditor().setKeyQuote('real', true);
    expect(shelf[0].is_key_quote).toBe(true);
    await vi.waitFor(() => expect(reload).toHaveBeenCalled());
    expect(events.onFailure.mock.calls[0][1]).toMatchObject({ message: 'No.', remedy: 'Wait.' });
  });
});

describe('deleting', () => {
  it('can be undone', async () => {
    let isRestored = false;
    server.use(
      http.delete(`${API}/excerpts/real`, () => new HttpResponse(null, { status: 204 })),
      http.post(`${API}/excerpts/real/restore`, () => {
        isRestored = true;
        return HttpResponse.json(saved());
      }),
    );
    shelf = [saved()];
    await makeEditor().remove('real');
    expect(shelf).toEqual([]);
    const [undo] = events.onDeleted.mock.calls[0];
    await undo();
    expect(isRestored).toBe(true);
    expect(reload).toHaveBeenCalled();
  });
});

describe('moving the ends of an excerpt', () => {
  const words = (last_word_id: number) => ({
    first_word_id: 1,
    last_word_id,
    text: `to ${last_word_id}`,
    start_ms: 0,
    end_ms: last_word_id * 100,
  });

  const answerChanges = () => {
    const sent: unknown[] = [];
    server.use(
      http.patch(`${API}/excerpts/real`, async ({ request }) => {
        const body = (await request.json()) as Partial<Excerpt>;
        sent.push(body);
        return HttpResponse.json({ ...shelf[0], ...body });
      }),
    );
    return sent;
  };

  it('is shown with every key and sent once, as it stands when they pause', async () => {
    shelf = [saved()];
    const sent = answerChanges();
    const editor = makeEditor();
    for (const last of [7, 8, 9]) editor.setWords('real', words(last));
    expect(shelf).toMatchObject([{ last_word_id: 9, text: 'to 9' }]);
    expect(sent).toEqual([]);
    await vi.waitFor(() => expect(sent).toEqual([{ first_word_id: 1, last_word_id: 9 }]));
  });

  it('is sent at once before another change, and when all must be saved', async () => {
    shelf = [saved()];
    const sent = answerChanges();
    const editor = makeEditor();
    editor.setWords('real', words(7));
    editor.setKeyQuote('real', true);
    editor.setWords('real', words(8));
    await editor.settle();
    expect(sent).toEqual([
      { first_word_id: 1, last_word_id: 7 },
      { is_key_quote: true },
      { first_word_id: 1, last_word_id: 8 },
    ]);
  });
});

describe('what others change meanwhile', () => {
  it('does not go over what is on its way, nor over what was asked for before it', async () => {
    let answer = () => {};
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.post(`${API}/excerpts`, async () => {
        await isAnswered;
        return HttpResponse.json(saved(), { status: 201 });
      }),
    );
    const editor = makeEditor();
    const before = editor.getMoment();
    const draftId = editor.create(DRAFT);
    expect(editor.hasDrafts).toBe(true);
    expect(editor.isNewerThan(draftId, editor.getMoment())).toBe(true);
    answer();
    await editor.settle();
    expect(editor.hasDrafts).toBe(false);
    expect(editor.isNewerThan('real', before)).toBe(true);
    expect(editor.isNewerThan('real', editor.getMoment())).toBe(false);
  });

  it('does not bring back what is being deleted', async () => {
    shelf = [saved()];
    server.use(http.delete(`${API}/excerpts/real`, () => new HttpResponse(null, { status: 204 })));
    const editor = makeEditor();
    const removing = editor.remove('real');
    expect(editor.isNewerThan('real', editor.getMoment())).toBe(true);
    await removing;
    expect(editor.isNewerThan('real', editor.getMoment())).toBe(false);
    expect(shelf).toEqual([]);
  });
});
