/** The codebook as a tree: order, nesting, finding, and where a tag may go. */

import type { Tag } from '@/api';

export interface TagNode {
  tag: Tag;
  children: TagNode[];
}

export interface TagLine {
  tag: Tag;
  /** 0 at the top of the tree. */
  depth: number;
  childCount: number;
}

export function compareTags(left: Tag, right: Tag): number {
  return left.position - right.position || left.name.localeCompare(right.name);
}

/** A tag whose parent is not in the list stands at the top. */
export function buildTree(tags: readonly Tag[]): TagNode[] {
  const nodes = new Map(tags.map((tag): [string, TagNode] => [tag.id, { tag, children: [] }]));
  const top: TagNode[] = [];
  for (const node of [...nodes.values()].sort((a, b) => compareTags(a.tag, b.tag))) {
    const parent = node.tag.parent_id ? nodes.get(node.tag.parent_id) : undefined;
    (parent?.children ?? top).push(node);
  }
  return top;
}

/** The lines of the tree from top to bottom; what is under a closed tag is left out. */
export function listLines(
  tree: readonly TagNode[],
  closedIds: ReadonlySet<string>,
  depth = 0,
): TagLine[] {
  return tree.flatMap(({ tag, children }) => [
    { tag, depth, childCount: children.length },
    ...(closedIds.has(tag.id) ? [] : listLines(children, closedIds, depth + 1)),
  ]);
}

/** The branches with a tag in whose texts the words stand. */
export function pruneTree(tree: readonly TagNode[], words: string): TagNode[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [...tree];
  return keepBranches(tree, ({ name, description, when_to_use, when_not_to_use }) =>
    `${name} ${description} ${when_to_use} ${when_not_to_use}`.toLowerCase().includes(wanted),
  );
}

/** The branches that begin with a tag nobody was heard on, nor on any under it. */
export function keepUnused(tree: readonly TagNode[]): TagNode[] {
  return keepBranches(tree, isUnused);
}

export function isUnused(tag: Tag): boolean {
  return tag.branch_excerpt_count === 0;
}

/** With all that is under a tag that is kept, and the way to it. */
function keepBranches(tree: readonly TagNode[], isKept: (tag: Tag) => boolean): TagNode[] {
  return tree.flatMap((node) => {
    if (isKept(node.tag)) return [node];
    const children = keepBranches(node.children, isKept);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** The tag itself and everything under it. */
export function listBranchIds(tags: readonly Tag[], tagId: string): Set<string> {
  const found = new Set([tagId]);
  let size = 0;
  while (size !== found.size) {
    size = found.size;
    for (const tag of tags) if (tag.parent_id && found.has(tag.parent_id)) found.add(tag.id);
  }
  return found;
}

/** Tags that another may be put under, named with their path; never itself or what is under it. */
export function listPlaces(
  tags: readonly Tag[],
  movedId?: string,
): { value: string; label: string }[] {
  const barred = movedId ? listBranchIds(tags, movedId) : new Set<string>();
  const list = (tree: readonly TagNode[], path: string): { value: string; label: string }[] =>
    tree
      .filter(({ tag }) => !barred.has(tag.id))
      .flatMap(({ tag, children }) => {
        const label = path ? `${path} › ${tag.name}` : tag.name;
        return [{ value: tag.id, label }, ...list(children, label)];
      });
  return list(buildTree(tags), '');
}

/** The names from the top of the tree down to the tag's own. */
export function listPath(tags: readonly Tag[], tag: Tag): string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  let step: Tag | undefined = tag;
  while (step && !seen.has(step.id)) {
    seen.add(step.id);
    path.unshift(step.name);
    const parentId: string | null = step.parent_id;
    step = tags.find((one) => one.id === parentId);
  }
  return path;
}
