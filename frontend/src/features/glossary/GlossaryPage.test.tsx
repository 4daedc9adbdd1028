import { Notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Glossary, GlossaryTerm, Permissions } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { GlossaryPage } from './GlossaryPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let asked: { method: string; path: string; body: unknown }[];
beforeEach(() => {
  asked = [];
});

const term = (text: string, changes: Partial<GlossaryTerm> = {}): GlossaryTerm => ({
  id: text,
  text,
  study_id: 'study-1',
  times_corrected: 0,
  is_sent: true,
  ...changes,
});

function open(glossary: Partial<Glossary>, permissions: Partial<Permissions> = {}) {
  const shown = { results: [], sent_maximum: 12, suggestions: [], ...glossary };
  const record = async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/workspaces/team', '');
    asked.push({ method: request.method, path, body: await request.json().catch(() => null) });
  };
  server.use(
    http.get(`${API}/glossary`, ({ request }) => {
      expect(new URL(request.url).searchParams.get('study')).toBe('study-1');
      return HttpResponse.json(shown);
    }),
    http.get(`${API}/studies/study-1`, () => HttpResponse.json({ title: 'Booking' })),
    http.post(`${API}/glossary`, async ({ request }) => {
      await record(request);
      return HttpResponse.json(term('new'), { status: 201 });
    }),
    http.delete(`${API}/glossary/:id`, async ({ request }) => {
      await record(request);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return renderInApp(
    <>
      <Notifications />
      <GlossaryPage />
    </>,
    {
      at: '/w/team/studies/study-1/glossary',
      route: '/w/:workspaceId/studies/:studyId/glossary',
      permissions,
    },
  );
}

describe('a glossary', () => {
  it('says which words are sent, and why others are not', async () => {
    open({
      results: [
        term('Doctolib', { times_corrected: 4 }),
        term('Zosyn', { study_id: null }),
        term('Praxis', { is_sent: false }),
      ],
    });
    const sent = (await screen.findByRole('heading', { name: /^Sent/ })).closest('section');
    expect(within(sent as HTMLElement).getByText('put right 4 times')).toBeInTheDocument();
    expect(within(sent as HTMLElement).getByText('In every study')).toBeInTheDocument();
    expect(within(sent as HTMLElement).getByText(/^2 of at most 12/)).toBeInTheDocument();
    const kept = screen.getByRole('heading', { name: /not sent/ }).closest('section');
    expect(within(kept as HTMLElement).getByText('Praxis')).toBeInTheDocument();
  });

  it('takes a word, for this study or for all', async () => {
    open({});
    await userEvent.type(await screen.findByLabelText(/^Name, product/), ' Zosyn ');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(asked[0]?.body).toEqual({ text: 'Zosyn', study_id: 'study-1' }));
    await userEvent.click(screen.getByText('In every study'));
    await userEvent.type(screen.getByLabelText(/^Name, product/), 'Praxis');
    const addButton = screen.getByRole('button', { name: 'Add' });
    await waitFor(() => expect(addButton).toBeEnabled());
    await userEvent.click(addButton);
    await waitFor(() => expect(asked[1]?.body).toEqual({ text: 'Praxis' }));
  });

  it('offers what was corrected by hand with one click', async () => {
    open({ suggestions: [{ text: 'Doctolib', times_corrected: 3 }] });
    await userEvent.click(await screen.findByRole('button', { name: /^Doctolib.*3 times/ }));
    await waitFor(() => expect(asked[0]?.body).toEqual({ text: 'Doctolib', study_id: 'study-1' }));
  });

  it('brings back what was removed', async () => {
    open({ results: [term('Doctolib')] });
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Doctolib' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(asked).toMatchObject([
        { method: 'DELETE', path: '/glossary/Doctolib' },
        { method: 'POST', body: { text: 'Doctolib', study_id: 'study-1' } },
      ]),
    );
  });

  it('is only read by those who may not change research', async () => {
    open({ results: [term('Doctolib')] }, { may_edit_research: false });
    expect(await screen.findByText('Doctolib')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/^Name, product/)).not.toBeInTheDocument();
  });
});
