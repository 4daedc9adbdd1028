import { Notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SavedSearch } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { SavedSearches } from './SavedSearches';

const API = '/api/workspaces/team';

let searches: SavedSearch[] = [];
/** The searches that were counted, call by call. */
const counted: string[][] = [];
const changes: unknown[] = [];

function makeSearch(id: string, values: Partial<SavedSearch> = {}): SavedSearch {
  return {
    id,
    name: `Search ${id}`,
    question: { q: id },
    last_seen_at: '2026-11-01T10:00:00Z',
    is_in_digest: false,
    ...values,
  };
}

const server = setupServer(
  http.get(`${API}/saved-searches`, () => HttpResponse.json({ results: searches })),
  http.get(`${API}/saved-searches/counts`, ({ request }) => {
    const ids = new URL(request.url).searchParams.getAll('id');
    counted.push(ids);
    const results = ids.map((id) => ({ id, excerpts: 5, people: 3, new_excerpts: 0 }));
    return HttpResponse.json({ people_total: 9, results });
  }),
  http.patch(`${API}/saved-searches/:id`, async ({ request, params }) => {
    const body = (await request.json()) as Partial<SavedSearch>;
    changes.push(body);
    searches = searches.map((one) => (one.id === params.id ? { ...one, ...body } : one));
    return HttpResponse.json(searches.find((one) => one.id === params.id));
  }),
  http.put(`${API}/saved-searches/order`, async ({ request }) => {
    const { ids } = (await request.json()) as { ids: string[] };
    searches = ids.map((id) => searches.find((one) => one.id === id)!);
    return HttpResponse.json({ results: searches });
  }),
  http.put(`${API}/digest-settings`, async ({ request }) => {
    changes.push(await request.json());
    return HttpResponse.json({});
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  searches = ['a', 'b', 'c'].map((id) => makeSearch(id));
  counted.splice(0);
  changes.splice(0);
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function openMenu(name: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: `More about “${name}”` }));
  return user;
}

const names = () =>
  within(screen.getByRole('list', { name: 'Your saved searches' }))
    .getAllByRole('button', { name: /^Search/ })
    .map((button) => button.textContent);

describe('Saved searches', () => {
  it('counts only those that are shown, a few at a time', async () => {
    searches = Array.from({ length: 20 }, (_, index) => makeSearch(`s${10 + index}`));
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    await waitFor(() =>
      expect(screen.getAllByText('5 excerpts from 3 of 9 people')).toHaveLength(6),
    );
    expect(counted).toEqual([['s10', 's11', 's12', 's13', 's14', 's15']]);
    await userEvent.click(screen.getByRole('button', { name: 'Show more, of 20' }));
    await waitFor(() =>
      expect(screen.getAllByText('5 excerpts from 3 of 9 people')).toHaveLength(18),
    );
    expect(counted.map((ids) => ids.length)).toEqual([6, 6, 6]);
  });

  it('stands there also while search is down', async () => {
    server.use(
      http.get(`${API}/saved-searches/counts`, () => HttpResponse.json({}, { status: 503 })),
    );
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    expect(await screen.findByRole('button', { name: /^Search a/ })).toBeEnabled();
  });

  it('is renamed in its place, by keyboard', async () => {
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    const user = await openMenu('Search a');
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    expect(screen.getByRole('textbox', { name: 'Another name for “Search a”' })).toHaveFocus();
    await user.keyboard('Reminders{Enter}');
    expect(await screen.findByRole('button', { name: /^Reminders/ })).toBeVisible();
    expect(changes).toEqual([{ name: 'Reminders' }]);
  });

  it('says why a name is not taken, and keeps what was typed', async () => {
    server.use(
      http.patch(`${API}/saved-searches/a`, () =>
        HttpResponse.json(
          { code: 'conflict', message: 'You have one called “B” already.', remedy: '', fields: {} },
          { status: 409 },
        ),
      ),
    );
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    const user = await openMenu('Search a');
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    await user.keyboard('B{Enter}');
    expect(await screen.findByText('You have one called “B” already.')).toBeVisible();
    expect(screen.getByRole('textbox')).toHaveValue('B');
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('button', { name: /^Search a/ })).toBeVisible();
  });

  it('is seen without being opened', async () => {
    let news = 2;
    server.use(
      http.get(`${API}/saved-searches/counts`, () =>
        HttpResponse.json({
          people_total: 9,
          results: [{ id: 'a', excerpts: 5, people: 3, new_excerpts: news }],
        }),
      ),
      http.post(`${API}/saved-searches/a/seen`, () => {
        news = 0;
        return HttpResponse.json(searches[0]);
      }),
    );
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    expect(await screen.findByText('2 new')).toBeVisible();
    const user = await openMenu('Search a');
    await user.click(await screen.findByRole('menuitem', { name: 'I have seen what is new' }));
    await waitFor(() => expect(screen.queryByText('2 new')).toBeNull());
  });

  it('moves to another place', async () => {
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    const user = await openMenu('Search c');
    expect(screen.queryByRole('menuitem', { name: 'Move back' })).toBeNull();
    await user.click(await screen.findByRole('menuitem', { name: 'Move forward' }));
    await waitFor(() => expect(searches.map((one) => one.id)).toEqual(['a', 'c', 'b']));
    await waitFor(() =>
      expect(names()).toEqual([
        expect.stringContaining('Search a'),
        expect.stringContaining('Search c'),
        expect.stringContaining('Search b'),
      ]),
    );
  });

  it('goes into the weekly digest, by the clock of its reader', async () => {
    renderInApp(<SavedSearches onChange={vi.fn()} />);
    const user = await openMenu('Search a');
    await user.click(await screen.findByRole('menuitem', { name: 'Into my weekly digest' }));
    expect(await screen.findByLabelText('in your weekly digest')).toBeVisible();
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(changes).toEqual([{ time_zone: timeZone }, { is_in_digest: true }]);
  });

  it('comes back after it was deleted, as it was', async () => {
    const gone: SavedSearch[] = [];
    server.use(
      http.delete(`${API}/saved-searches/a`, () => {
        gone.push(searches.shift()!);
        return new HttpResponse(null, { status: 204 });
      }),
      http.post(`${API}/saved-searches/a/restore`, () => {
        searches.unshift(...gone);
        return HttpResponse.json(searches[0]);
      }),
    );
    renderInApp(
      <>
        <Notifications />
        <SavedSearches onChange={vi.fn()} />
      </>,
    );
    const user = await openMenu('Search a');
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Search a/ })).toBeNull());
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: /^Search a/ })).toBeVisible();
  });
});
