/** The tags this person used last in a workspace, kept in this browser. */

const KEPT = 6;

const getName = (workspaceId: string) => `earshot:recent-tags:${workspaceId}`;

export function readRecentTags(workspaceId: string): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(getName(workspaceId)) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function noteRecentTag(workspaceId: string, tagId: string): void {
  const others = readRecentTags(workspaceId).filter((id) => id !== tagId);
  try {
    localStorage.setItem(getName(workspaceId), JSON.stringify([tagId, ...others].slice(0, KEPT)));
  } catch {
    // Without storage the picker only lists the tree.
  }
}
