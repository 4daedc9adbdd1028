import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { readNext, SignInPage } from './SignInPage';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const NOBODY: SignIn = {
  user: null,
  workspaces: [],
  sample_sign_ins: [{ email: 'rosa@sample', password: 'secret', name: 'Rosa', role: 'researcher' }],
  needs_first_owner: false,
};

const answerSession = (answer: SignIn) =>
  server.use(http.get('*/api/auth/session', () => HttpResponse.json(answer)));

describe('where one goes after signing in', () => {
  it.each([
    [null, '/'],
    ['/w/team/search?q=late', '/w/team/search?q=late'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
  ])('%s leads to %s', (next, place) => {
    expect(readNext(next)).toBe(place);
  });
});

describe('the sign-in page', () => {
  it('signs in to the sample with one click', async () => {
    answerSession(NOBODY);
    let asked: unknown;
    server.use(
      http.post('*/api/auth/sign-in', async ({ request }) => {
        asked = await request.json();
        return HttpResponse.json({
          ...NOBODY,
          user: { id: '1', email: 'rosa@sample', name: 'Rosa' },
        });
      }),
    );
    const { router } = renderInApp(<SignInPage />, {
      at: '/sign-in?next=%2Fw%2Fteam%2Fstudies',
      route: '/sign-in',
    });
    await userEvent.click(await screen.findByRole('button', { name: /Rosa/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/team/studies'));
    expect(asked).toEqual({ email: 'rosa@sample', password: 'secret' });
  });

  it('shows no accounts where there is no sample, and tells of a wrong password', async () => {
    answerSession({ ...NOBODY, sample_sign_ins: [] });
    server.use(
      http.post('*/api/auth/sign-in', () =>
        HttpResponse.json(
          {
            code: 'invalid',
            message: 'Email or password is wrong.',
            remedy: 'Try again.',
            fields: {},
          },
          { status: 400 },
        ),
      ),
    );
    renderInApp(<SignInPage />, { at: '/sign-in' });
    await userEvent.type(await screen.findByLabelText('Email'), 'rosa@sample');
    await userEvent.type(screen.getByLabelText('Password'), 'nope');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Email or password is wrong.');
    expect(screen.queryByText(/look around/)).not.toBeInTheDocument();
  });

  it('says how the first owner is made', async () => {
    answerSession({ ...NOBODY, needs_first_owner: true });
    renderInApp(<SignInPage />, { at: '/sign-in' });
    expect(await screen.findByText(/one-time link/)).toBeInTheDocument();
  });
});
