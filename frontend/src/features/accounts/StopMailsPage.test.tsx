import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { renderInApp } from '@/testing/renderInApp';
import { StopMailsPage } from './StopMailsPage';

const asked: string[] = [];
const server = setupServer(
  http.post('/api/digest-mails/stop', ({ request }) => {
    const { search, searchParams } = new URL(request.url);
    asked.push(search);
    return HttpResponse.json({ is_mailed: searchParams.get('resume') === 'true' });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

it('stops the mails by being opened, and begins again when asked to', async () => {
  renderInApp(<StopMailsPage />, { at: '/digest-mails/stop?token=signed%3Atoken' });
  expect(await screen.findByText(/You get no more of these mails/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send them again' }));
  expect(await screen.findByText('You get these mails again.')).toBeVisible();
  expect(asked).toEqual(['?token=signed%3Atoken', '?token=signed%3Atoken&resume=true']);
});

it('says what to do with a link that does not work', async () => {
  server.use(
    http.post('/api/digest-mails/stop', () =>
      HttpResponse.json(
        { code: 'not_found', message: 'Incomplete.', remedy: 'Copy it.', fields: {} },
        { status: 404 },
      ),
    ),
  );
  renderInApp(<StopMailsPage />, { at: '/digest-mails/stop' });
  expect(await screen.findByRole('alert')).toHaveTextContent('Incomplete. Copy it.');
});
