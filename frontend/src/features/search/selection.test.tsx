import { Notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAnswer, makeExcerpt, makeInsight } from '@/testing/makeEvidence';
import { makeReel } from '@/testing/makeReel';
import { renderInApp } from '@/testing/renderInApp';
import { SearchPage } from './SearchPage';

const API = '/api/workspaces/team';
const PEOPLE = ['P01', 'P02', 'P01', 'P03'];
const EXCERPTS = PEOPLE.map((code_name, index) =>
  makeExcerpt({
    id: `e${index}`,
    text: `Saying number ${index}, ${index < 2 ? 'late' : 'early'}`,
    participant: { id: code_name, code_name, real_name: null, persona_id: null },
  }),
);
const NOTHING = { count: 0, next: null, previous: null, results: [] };
/** What was written, as "METHOD path body". */
const written: string[] = [];

const note = async (request: Request) => {
  const body = await request.text();
  written.push(
    `${request.method} ${new URL(request.url).pathname.replace(API, '')} ${body}`.trim(),
  );
};

const server = setupServer(
  http.get(`${API}/search`, ({ request }) => {
    const asked = new URL(request.url).searchParams;
    if (asked.get('kind') !== 'excerpt') return HttpResponse.json(makeAnswer([]));
    const words = asked.get('q') ?? '';
    return HttpResponse.json(makeAnswer(EXCERPTS.filter(({ text }) => text.includes(words))));
  }),
  http.get(`${API}/search/people`, () => HttpResponse.json({ field: 'participant', values: [] })),
  http.get(`${API}/search/meaning`, () => HttpResponse.json({ is_available: false, results: [] })),
  http.get(`${API}/tags`, () => HttpResponse.json({ results: [] })),
  http.get(`${API}/:list`, () => HttpResponse.json(NOTHING)),
  http.post(`${API}/searched`, () => new HttpResponse(null, { status: 204 })),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => void written.splice(0));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page() {
  return (
    <>
      <SearchPage />
      <Notifications />
    </>
  );
}

async function show(at = '/w/team/search?q=Saying&kind=excerpt') {
  const view = renderInApp(<Page />, { at });
  await screen.findByText(/Saying number 0/);
  return { ...view, user: userEvent.setup() };
}

const boxes = () => screen.getAllByRole('checkbox', { name: /^Select what/ });
const bar = () => screen.getByRole('region', { name: 'Selected excerpts' });
const chosen = () => boxes().map((box) => (box as HTMLInputElement).checked);

describe('choosing excerpts', () => {
  it('counts people once and tells those who can’t see it', async () => {
    const { user } = await show();
    await user.click(boxes()[0]);
    await user.click(boxes()[2]);
    expect(bar()).toHaveTextContent('2 excerpts from 1 person');
    const told = screen.getAllByRole('status').map((status) => status.textContent);
    expect(told).toContain('2 excerpts from 1 person selected');
    await user.click(within(bar()).getByRole('button', { name: 'Clear the selection' }));
    expect(screen.queryByRole('region', { name: 'Selected excerpts' })).toBeNull();
    expect(chosen()).toEqual([false, false, false, false]);
  });

  it('takes a range by shift and the mouse, and by shift and x', async () => {
    const { user } = await show();
    await user.click(boxes()[1]);
    await user.keyboard('{Shift>}');
    await user.click(boxes()[3]);
    await user.keyboard('{/Shift}');
    expect(chosen()).toEqual([false, true, true, true]);
    const [first] = screen.getAllByRole('article');
    first.focus();
    await user.keyboard('x');
    screen.getAllByRole('article')[2].focus();
    await user.keyboard('{Shift>}X{/Shift}');
    expect(chosen()).toEqual([false, false, false, true]);
  });

  it('takes all on the page, and lets go of them', async () => {
    const { user } = await show();
    const all = screen.getByRole('checkbox', { name: 'Select all 4 shown here' });
    await user.click(boxes()[1]);
    expect(all).toBePartiallyChecked();
    await user.click(all);
    expect(chosen()).toEqual([true, true, true, true]);
    await user.click(all);
    expect(chosen()).toEqual([false, false, false, false]);
  });

  it('keeps what was chosen while typing goes on', async () => {
    const { user } = await show();
    await user.click(boxes()[0]);
    const words = screen.getByRole('searchbox');
    await user.clear(words);
    expect(bar()).toHaveTextContent('1 excerpt from 1 person');
    await user.type(words, 'early');
    await waitFor(() => expect(boxes()).toHaveLength(2));
    await user.click(boxes()[1]);
    expect(bar()).toHaveTextContent('2 excerpts from 2 people');
    const table = within(bar()).getByRole('link', { name: 'CSV' });
    expect(table).toHaveAttribute('href', `${API}/search/export.csv?excerpt=e0&excerpt=e3`);
  });

  it('finds it as it was after a look at a transcript', async () => {
    const { user, client, unmount } = await show();
    await user.click(boxes()[0]);
    unmount();
    renderInApp(<Page />, { at: '/w/team/search?q=Saying&kind=excerpt', client });
    expect(await screen.findByRole('region', { name: 'Selected excerpts' })).toHaveTextContent(
      '1 excerpt from 1 person',
    );
  });

  it('goes on to more with the arrow key at the end', async () => {
    const many = Array.from({ length: 20 }, (_, index) => makeExcerpt({ id: `many-${index}` }));
    const offsets: (string | null)[] = [];
    server.use(
      http.get(`${API}/search`, ({ request }) => {
        const offset = new URL(request.url).searchParams.get('offset');
        offsets.push(offset);
        const found = [...many.slice(0, 18), EXCERPTS[0]];
        // One came in meanwhile: the last of the first page is the first of the next.
        if (offset === '20') found.splice(0, 19, EXCERPTS[0], EXCERPTS[1]);
        return HttpResponse.json(makeAnswer(found, { total: 21, excerpts: 21 }));
      }),
    );
    const { user } = await show();
    const last = () => screen.getAllByRole('article').at(-1)!;
    expect(last()).toHaveAttribute('aria-posinset', '19');
    expect(last()).toHaveAttribute('aria-setsize', '21');
    last().focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(20));
    await user.keyboard('{ArrowDown}');
    expect(last()).toHaveFocus();
    expect(offsets).toEqual(['0', '20']);
  });

  it('takes away everything that was found as a table', async () => {
    await show('/w/team/search?q=Saying&quadrant=pain');
    expect(screen.getByRole('link', { name: 'CSV' })).toHaveAttribute(
      'href',
      `${API}/search/export.csv?q=Saying&quadrant=pain`,
    );
  });
});

describe('a reel of what was chosen', () => {
  it('is made, told and taken back', async () => {
    server.use(
      http.post(`${API}/reels`, async ({ request }) => {
        await note(request);
        const reel = makeReel({ title: 'Late' });
        return HttpResponse.json({ reel, added_ids: ['i1', 'i2'], known_count: 0 });
      }),
      http.delete(`${API}/reels/reel-1`, async ({ request }) => {
        await note(request);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = await show();
    await user.click(boxes()[0]);
    await user.click(boxes()[1]);
    await user.click(screen.getByRole('button', { name: 'Add to reel' }));
    const field = await screen.findByRole('combobox', { name: 'Find a reel, or name a new one' });
    await user.type(field, 'Late');
    await user.click(await screen.findByRole('option', { name: 'New reel “Late”' }));
    expect(await screen.findByText('2 excerpts added to “Late”.')).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Selected excerpts' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(written).toHaveLength(2));
    expect(written).toEqual([
      'POST /reels {"title":"Late","excerpt_ids":["e0","e1"]}',
      'DELETE /reels/reel-1',
    ]);
  });

  it('tells what was in it already, and takes back only what was new', async () => {
    const reel = makeReel({ title: 'Late' });
    server.use(
      http.get(`${API}/reels`, () => HttpResponse.json({ ...NOTHING, results: [reel] })),
      http.post(`${API}/reels/reel-1/items`, () =>
        HttpResponse.json({ reel, added_ids: ['i2'], known_count: 1 }),
      ),
      http.post(`${API}/reels/reel-1/items/remove`, async ({ request }) => {
        await note(request);
        return HttpResponse.json(reel);
      }),
    );
    const { user } = await show();
    await user.click(screen.getByRole('checkbox', { name: /^Select all/ }));
    await user.click(screen.getByRole('button', { name: 'Add to reel' }));
    await user.type(await screen.findByRole('combobox'), 'lat{Enter}');
    await screen.findByText('1 excerpt added to “Late”. 1 excerpt was there already.');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(written).toEqual(['POST /reels/reel-1/items/remove {"item_ids":["i2"]}']),
    );
  });
});

describe('evidence of what was chosen', () => {
  const before = {
    ...makeInsight({ id: 'known', statement: 'People wait' }),
    evidence: [
      { id: 'v0', stance: 'for', note: 'The loud one', excerpt: EXCERPTS[0] },
      { id: 'v1', stance: 'against', note: '', excerpt: EXCERPTS[1] },
    ],
  };

  it('keeps what is there, and takes back what it changed', async () => {
    server.use(
      http.get(`${API}/insights`, () => HttpResponse.json({ ...NOTHING, results: [before] })),
      http.get(`${API}/insights/known`, () => HttpResponse.json(before)),
      http.post(`${API}/insights/known/evidence`, async ({ request }) => {
        await note(request);
        const added = { id: 'v2', stance: 'for', note: '', excerpt: EXCERPTS[2] };
        return HttpResponse.json({ ...before, evidence: [...before.evidence, added] });
      }),
      http.patch(`${API}/evidence/v1`, async ({ request }) => {
        await note(request);
        return HttpResponse.json(before);
      }),
      http.delete(`${API}/evidence/v2`, async ({ request }) => {
        await note(request);
        return HttpResponse.json(before);
      }),
    );
    const { user } = await show();
    for (const box of boxes().slice(0, 3)) await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Add to insight' }));
    await user.click(await screen.findByRole('option', { name: /People wait/ }));
    await screen.findByText('2 excerpts added to “People wait”. 1 excerpt was there already.');
    expect(written.splice(0)).toEqual([
      'PATCH /evidence/v1 {"stance":"for"}',
      'POST /insights/known/evidence {"excerpt_id":"e2","stance":"for"}',
    ]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(written).toHaveLength(2));
    expect(written).toEqual(['DELETE /evidence/v2', 'PATCH /evidence/v1 {"stance":"against"}']);
  });

  it('says what to listen to first, goes on from there, and takes all of it back', async () => {
    const unheard = {
      code: 'listen_first',
      message: 'Nobody has heard it yet.',
      remedy: 'Play it.',
      fields: { excerpt_ids: ['e3'] },
    };
    const evidence = [...before.evidence];
    let isHeard = false;
    server.use(
      http.get(`${API}/insights`, () => HttpResponse.json({ ...NOTHING, results: [before] })),
      http.get(`${API}/insights/known`, () => HttpResponse.json({ ...before, evidence })),
      http.post(`${API}/insights/known/evidence`, async ({ request }) => {
        const { excerpt_id } = (await request.clone().json()) as { excerpt_id: string };
        await note(request);
        if (excerpt_id === 'e3' && !isHeard) return HttpResponse.json(unheard, { status: 409 });
        const excerpt = EXCERPTS.find((one) => one.id === excerpt_id)!;
        evidence.push({ id: `v-${excerpt_id}`, stance: 'for', note: '', excerpt });
        return HttpResponse.json({ ...before, evidence });
      }),
      http.put(`${API}/excerpts/e3/heard`, () => {
        isHeard = true;
        return HttpResponse.json(EXCERPTS[3]);
      }),
      http.delete(`${API}/evidence/:id`, async ({ request }) => {
        await note(request);
        return HttpResponse.json(before);
      }),
    );
    const { user } = await show();
    for (const box of boxes().slice(2)) await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Add to insight' }));
    await user.click(await screen.findByRole('option', { name: /People wait/ }));
    const dialog = screen.getByRole('dialog');
    expect(await within(dialog).findByText('Listen first to 1 excerpt')).toBeInTheDocument();
    const first = within(dialog).getByRole('list', { name: 'Excerpts to listen to first' });
    expect(first).toHaveTextContent('Saying number 3');
    expect(within(first).getByRole('button', { name: 'Listen' })).toBeVisible();
    await user.click(within(first).getByRole('button', { name: 'It is right' }));
    await user.click(await screen.findByRole('option', { name: /People wait/ }));
    const told = await screen.findByText('2 excerpts added to “People wait”.');
    const notice = told.closest<HTMLElement>('[role="alert"]')!;
    written.splice(0);
    await user.click(within(notice).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(written).toHaveLength(2));
    expect(written).toEqual(['DELETE /evidence/v-e2', 'DELETE /evidence/v-e3']);
  });
});
