import { notifications } from '@mantine/notifications';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgetAtSignOut } from '@/lib/forgetting';
import { renderInApp } from '@/testing/renderInApp';
import { MyMenu } from './MyMenu';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let draft: string;
forgetAtSignOut(() => {
  draft = '';
});

async function leave(answer: () => Response) {
  draft = 'Her words for it:';
  server.use(
    http.get('*/api/auth/session', () => HttpResponse.json({ user: null, workspaces: [] })),
    http.post('*/api/auth/sign-out', answer),
  );
  const { router } = renderInApp(<MyMenu />);
  await userEvent.click(screen.getByRole('button', { name: 'Alice' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  return router;
}

describe('signing out', () => {
  it('leaves nothing of one’s work to whoever signs in next', async () => {
    const router = await leave(() => new HttpResponse(null, { status: 204 }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
    expect(draft).toBe('');
  });

  it('keeps what one was at where it fails', async () => {
    const told = vi.spyOn(notifications, 'show');
    const router = await leave(() => new HttpResponse(null, { status: 503 }));
    await waitFor(() => expect(told).toHaveBeenCalledOnce());
    expect(told.mock.calls[0][0]).toMatchObject({ title: 'You are still signed in' });
    expect(router.state.location.pathname).toBe('/w/team');
    expect(draft).toBe('Her words for it:');
  });
});
