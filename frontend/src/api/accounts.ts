/** Signing in and out, the first owner, and tokens for scripts. */

import * as server from './generated';

export const readSignIn = () => server.signInRead();

export const signIn = (credentials: server.SignInInputRequest) =>
  server.signIn({ body: credentials });

export const signOut = () => server.signOut();

export const createFirstOwner = (owner: server.FirstOwnerInputRequest) =>
  server.firstOwnerCreate({ body: owner });

export const setPassword = (choice: server.PasswordByLinkRequest) =>
  server.passwordSet({ body: choice });

export const changePassword = (change: server.PasswordChangeRequest) =>
  server.myPasswordChange({ body: change });

export const listTokens = () => server.tokensList();

export const createToken = (name: string) => server.tokensCreate({ body: { name } });

export const deleteToken = (tokenId: string) => server.tokenDelete({ path: { token_id: tokenId } });
