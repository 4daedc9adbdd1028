/** Weekly digests of what is new in saved searches. */

import * as server from './generated';

export const readLatestDigest = (workspaceId: string) =>
  server.digestLatest({ path: { workspace_id: workspaceId } }).then(({ digest }) => digest);

export const readDigest = (workspaceId: string, digestId: string) =>
  server.digestRead({ path: { workspace_id: workspaceId, digest_id: digestId } });

export const readDigestSettings = (workspaceId: string) =>
  server.digestSettingsRead({ path: { workspace_id: workspaceId } });

export const changeDigestSettings = (
  workspaceId: string,
  changes: { is_mailed?: boolean; time_zone?: string },
) => server.digestSettingsChange({ path: { workspace_id: workspaceId }, body: changes });

/** With the token of a mail; nobody needs to be signed in. */
export const switchDigestMails = (token: string, isMailed: boolean) =>
  server.digestMailsStop({ query: { token, ...(isMailed ? { resume: true } : {}) } });
