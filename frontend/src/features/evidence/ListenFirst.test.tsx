import { Notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { playerStore } from '@/app/player';
import { makeExcerpt, makeInsight } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { AddToInsightDialog } from './AddToInsightDialog';
import { ExcerptCard } from './ExcerptCard';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

const doubtful = makeExcerpt({ is_doubtful: true });
/** How excerpts were said to have been heard, in order. */
let heard: unknown[];

beforeEach(() => {
  heard = [];
  server.use(
    http.put(`${API}/excerpts/excerpt-1/heard`, async ({ request }) => {
      heard.push(await request.json());
      return HttpResponse.json({ ...doubtful, heard_at: '2026-11-22T10:00:00Z' });
    }),
    http.get(`${API}/personas`, () => HttpResponse.json({ count: 0, results: [] })),
    http.get(`${API}/insights`, () => HttpResponse.json({ count: 0, results: [] })),
  );
});

describe('a doubtful excerpt', () => {
  it('asks to be listened to, until somebody has', () => {
    const { unmount } = renderInApp(<ExcerptCard excerpt={doubtful} />);
    expect(screen.getByRole('note')).toHaveTextContent('Listen first');
    unmount();
    renderInApp(<ExcerptCard excerpt={{ ...doubtful, heard_at: '2026-11-22T10:00:00Z' }} />);
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('counts as heard when it was played to its end', async () => {
    const play = vi.spyOn(playerStore, 'play').mockImplementation(() => {});
    renderInApp(<ExcerptCard excerpt={doubtful} />);
    await userEvent.click(screen.getByRole('button', { name: 'Listen' }));
    expect(heard).toEqual([]);
    play.mock.calls[0][0].onEnd?.();
    await waitFor(() => expect(heard).toEqual([{ how: 'played' }]));
  });

  it('can be said to be right', async () => {
    renderInApp(<ExcerptCard excerpt={doubtful} />);
    await userEvent.click(screen.getByRole('button', { name: 'It is right' }));
    await waitFor(() => expect(heard).toEqual([{ how: 'said' }]));
  });

  it('is shown as such to those who may not decide it', () => {
    renderInApp(<ExcerptCard excerpt={doubtful} />, { permissions: { may_write_insights: false } });
    expect(screen.getByRole('note')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'It is right' })).toBeNull();
  });
});

describe('adding it to an insight', () => {
  const added = vi.fn();
  const open = (excerpt = doubtful) =>
    renderInApp(
      <>
        <AddToInsightDialog excerpts={[excerpt]} onAdded={added} onClose={vi.fn()} />
        <Notifications />
      </>,
    );

  it('waits until it was heard', async () => {
    open();
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).queryByRole('combobox')).toBeNull();
    expect(within(dialog).getByText('Listen first to 1 excerpt')).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'It is right' }));
    expect(await within(dialog).findByRole('option', { name: 'New insight' })).toBeVisible();
  });

  it('explains the server’s refusal where the page did not know', async () => {
    const refusal = {
      code: 'listen_first',
      message: 'Listen first to “The reminder came a day late.”',
      remedy: 'Play it, or say that it is right.',
      fields: { excerpt_ids: ['excerpt-1'] },
    };
    server.use(http.post(`${API}/insights`, () => HttpResponse.json(refusal, { status: 409 })));
    open(makeExcerpt());
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(await within(dialog).findByRole('combobox'), 'Reminders come late.');
    await userEvent.keyboard('{Enter}');
    expect(within(dialog).getByLabelText(/Statement/)).toHaveValue('Reminders come late.');
    const submit = within(dialog).getByRole('button', { name: 'Write insight' });
    await userEvent.click(submit);
    expect(await within(dialog).findByText('Listen first to 1 excerpt')).toBeInTheDocument();
    server.use(
      http.post(`${API}/insights`, () => HttpResponse.json(makeInsight(), { status: 201 })),
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'It is right' }));
    await waitFor(() => expect(submit).toBeEnabled());
    await userEvent.click(submit);
    expect(await screen.findByText('New insight of 1 excerpt.')).toBeInTheDocument();
    expect(added).toHaveBeenCalledOnce();
  });
});
