/** Signing in and out, the first owner, and tokens for scripts. */

import { getCsrfToken } from './errors';
import * as server from './generated';

export const readSignIn = () => server.signInRead();

export const signIn = (credentials: server.SignInInputRequest) =>
  server.signIn({ body: credentials });

export const signOut = () => server.signOut();

/** Reading who is signed in sets the cookie that a browser lacks which comes by a link first. */
async function withCookie<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  if (!getCsrfToken()) await server.signInRead();
  return act();
}

export const createFirstOwner = (owner: server.FirstOwnerInputRequest) =>
  withCookie(() => server.firstOwnerCreate({ body: owner }));

export const setPassword = (choice: server.PasswordByLinkRequest) =>
  withCookie(() => server.passwordSet({ body: choice }));

export const changePassword = (change: server.PasswordChangeRequest) =>
  server.myPasswordChange({ body: change });

export const listTokens = () => server.tokensList();

export const createToken = (name: string) => server.tokensCreate({ body: { name } });

export const deleteToken = (tokenId: string) => server.tokenDelete({ path: { token_id: tokenId } });
