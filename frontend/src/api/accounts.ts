/** Signing in and out, the first owner, and tokens for scripts. */

import { request } from './request';
import type { ApiToken, Page, SignIn } from './types';

export const readSignIn = () => request<SignIn>('GET', '/api/auth/session');

export const signIn = (credentials: { email: string; password: string }) =>
  request<SignIn>('POST', '/api/auth/sign-in', { body: credentials });

export const signOut = () => request<void>('POST', '/api/auth/sign-out');

export const createFirstOwner = (owner: {
  token: string;
  email: string;
  name: string;
  password: string;
  workspace_name: string;
}) => request<SignIn>('POST', '/api/auth/first-owner', { body: owner });

export const listTokens = () => request<Page<ApiToken>>('GET', '/api/auth/tokens');

export const createToken = (name: string) =>
  request<ApiToken>('POST', '/api/auth/tokens', { body: { name } });

export const deleteToken = (tokenId: string) =>
  request<void>('DELETE', `/api/auth/tokens/${tokenId}`);
