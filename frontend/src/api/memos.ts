/** Memos on anything, and where one is mentioned. */

import * as server from './generated';
import { workspaceUrl } from './workspaces';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });
const memoAt = (workspaceId: string, memoId: string) => ({ ...at(workspaceId), memo_id: memoId });

export type MemoFilters = Omit<NonNullable<server.MemosListData['query']>, 'page' | 'page_size'>;

export const listMemos = (
  workspaceId: string,
  filters: NonNullable<server.MemosListData['query']> = {},
) => server.memosList({ path: at(workspaceId), query: filters });

/** All threads of a list, page after page. */
export async function listEveryMemo(
  workspaceId: string,
  filters: MemoFilters,
): Promise<server.Memo[]> {
  const all: server.Memo[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await listMemos(workspaceId, { ...filters, page, page_size: 200 });
    all.push(...answer.results);
    if (!answer.next) return all;
  }
}

export const readMemo = (workspaceId: string, memoId: string) =>
  server.memoRead({ path: memoAt(workspaceId, memoId) });

export const createMemo = (workspaceId: string, memo: server.MemoInputRequest) =>
  server.memosCreate({ path: at(workspaceId), body: memo });

export const updateMemo = (
  workspaceId: string,
  memoId: string,
  changes: server.PatchedMemoChangesRequest,
) => server.memoUpdate({ path: memoAt(workspaceId, memoId), body: changes });

export const deleteMemo = (workspaceId: string, memoId: string) =>
  server.memoDelete({ path: memoAt(workspaceId, memoId) });

export const restoreMemo = (workspaceId: string, memoId: string) =>
  server.memoRestore({ path: memoAt(workspaceId, memoId) });

export const countSessionMemos = (workspaceId: string, sessionId: string) =>
  server.sessionMemoCounts({ path: { ...at(workspaceId), session_id: sessionId } });

export const listMentions = (workspaceId: string) => server.mentionsList({ path: at(workspaceId) });

/** Without ids: all of them. */
export const markMentionsSeen = (workspaceId: string, memoIds?: string[]) =>
  server.mentionsSeen({ path: at(workspaceId), body: memoIds ? { memo_ids: memoIds } : {} });

/** A file of the threads that a list shows. */
export function memosExportUrl(
  workspaceId: string,
  format: 'csv' | 'docx' | 'md',
  filters: MemoFilters,
): string {
  const given = Object.entries(filters).filter(([, value]) => value);
  return `${workspaceUrl(workspaceId)}/memos/export?${new URLSearchParams([
    ['format', format],
    ...given.map(([name, value]) => [name, String(value)]),
  ])}`;
}
