/** Words that mean the same to a team. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });

export const listSynonyms = (workspaceId: string) => server.synonymsList({ path: at(workspaceId) });

export const addSynonyms = (workspaceId: string, words: string[]) =>
  server.synonymsCreate({ path: at(workspaceId), body: { words } });

export const changeSynonyms = (workspaceId: string, groupId: string, words: string[]) =>
  server.synonymsChange({
    path: { ...at(workspaceId), synonym_group_id: groupId },
    body: { words },
  });

export const deleteSynonyms = (workspaceId: string, groupId: string) =>
  server.synonymsDelete({ path: { ...at(workspaceId), synonym_group_id: groupId } });
