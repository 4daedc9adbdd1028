import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InsightRow } from '@/api';
import { makeInsight } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { InsightsPage } from './InsightsPage';

const API = '/api/workspaces/team';
const page = (results: unknown[]) => ({ count: 9, next: null, previous: null, results });

let rows: InsightRow[] = [];

const server = setupServer(
  http.get(`${API}/insights`, () => HttpResponse.json(page(rows))),
  http.get(`${API}/personas`, () => HttpResponse.json(page([]))),
  http.get(`${API}/participants`, () => HttpResponse.json(page([]))),
  http.patch(`${API}/insights/:id`, async ({ params, request }) => {
    const changes = (await request.json()) as Partial<InsightRow>;
    rows = rows.map((row) => (row.id === params.id ? { ...row, ...changes } : row));
    const changed = rows.find((row) => row.id === params.id);
    return HttpResponse.json({ ...changed, evidence: [] });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  rows = [makeInsight(), makeInsight({ id: 'two', statement: 'Paper wins.', status: 'acted' })];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const column = (name: string) => screen.findByRole('region', { name });
const show = (at = '/w/team/insights', permissions = {}) =>
  renderInApp(<InsightsPage />, { at, permissions });

describe('Insights', () => {
  it('stand on a board by the four A’s, with people of people', async () => {
    show();
    const aware = within(await column('Aware'));
    expect(aware.getByRole('link', { name: /Free slots stay empty/ })).toBeVisible();
    expect(await aware.findByText('3 of 9 people for it, 1 against')).toBeVisible();
    expect(within(await column('Acted')).getByRole('link', { name: 'Paper wins.' })).toBeVisible();
    expect(within(await column('Advocated')).queryByRole('link')).toBeNull();
  });

  it('are moved by menu', async () => {
    show();
    await column('Aware');
    await userEvent.click(screen.getByRole('button', { name: /Move “Free slots/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Advocated' }));
    const advocated = within(await column('Advocated'));
    expect(await advocated.findByRole('link', { name: /Free slots/ })).toBeVisible();
    await waitFor(() => expect(rows[0].status).toBe('advocated'));
  });

  it('go back where they were when the move is refused', async () => {
    server.use(
      http.patch(`${API}/insights/:id`, () =>
        HttpResponse.json(
          { code: 'forbidden', message: 'No.', remedy: 'Ask.', fields: {} },
          { status: 403 },
        ),
      ),
    );
    show();
    await column('Aware');
    await userEvent.click(screen.getByRole('button', { name: /Move “Free slots/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Acted' }));
    await waitFor(async () =>
      expect(within(await column('Aware')).getByRole('link', { name: /Free slots/ })).toBeVisible(),
    );
  });

  it('can be read as a list, kept in the address', async () => {
    const { router } = show();
    await column('Aware');
    await userEvent.click(screen.getByRole('radio', { name: 'List' }));
    expect(router.state.location.search).toBe('?view=list');
    expect(screen.queryByRole('region', { name: 'Aware' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Paper wins.' })).toBeVisible();
  });

  it('can only be read by those who may not write them', async () => {
    show('/w/team/insights', { may_write_insights: false });
    await column('Aware');
    expect(screen.queryByRole('button', { name: 'New insight' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Move/ })).toBeNull();
  });

  it('teach when there are none', async () => {
    rows = [];
    show();
    expect(await screen.findByText('No insights yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Search the evidence' })).toBeVisible();
  });
});
