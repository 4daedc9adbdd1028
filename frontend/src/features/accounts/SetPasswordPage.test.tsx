import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { renderInApp } from '@/testing/renderInApp';
import { SetPasswordPage } from './SetPasswordPage';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function open(at: string) {
  renderInApp(<SetPasswordPage />, { at, route: '/set-password' });
}

it('says beside the field what is wrong with a password, and keeps the link', async () => {
  const asked: string[] = [];
  server.use(
    // A browser that was never here has no cookie to show: it gets one first.
    http.get('*/api/auth/session', () => {
      asked.push('session');
      return HttpResponse.json({});
    }),
    http.post('*/api/auth/set-password', async ({ request }) => {
      asked.push('set-password');
      expect(await request.json()).toEqual({ token: 'abc', password: 'short' });
      return HttpResponse.json(
        {
          message: 'This password is too short.',
          remedy: 'Choose a longer password.',
          fields: { password: ['This password is too short.'] },
        },
        { status: 400 },
      );
    }),
  );
  open('/set-password?token=abc');
  await userEvent.type(await screen.findByLabelText('New password'), 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Save and come in' }));
  expect(await screen.findByText('This password is too short.')).toBeInTheDocument();
  expect(screen.getByLabelText('New password')).toHaveValue('short');
  expect(asked).toEqual(['session', 'set-password']);
});

it('says what to do with a link that was not copied whole', async () => {
  open('/set-password');
  expect(await screen.findByText('This link is incomplete')).toBeInTheDocument();
});
