/** Where a tag lands: dropped on a line, moved by a key, or chosen in a list. */

import type { Tag, TagPlace } from '@/api';
import { compareTags, listBranchIds } from './tagTree';

/** Which part of a line a tag is dropped on. */
export type DropZone = 'before' | 'inside' | 'after';
export type Direction = 'up' | 'down' | 'in' | 'out';

/** The tags under `parentId`, in order, without the one that is moved. */
function listSiblings(tags: readonly Tag[], parentId: string | null, movedId?: string): Tag[] {
  return tags.filter((tag) => tag.parent_id === parentId && tag.id !== movedId).sort(compareTags);
}

/** The place last among the tags under `parentId`. */
export function findLastPlace(
  tags: readonly Tag[],
  movedId: string,
  parentId: string | null,
): TagPlace {
  return { parent_id: parentId, position: listSiblings(tags, parentId, movedId).length };
}

/** Where a tag dropped on another goes; null where it can't, or is already. */
export function findDropPlace(
  tags: readonly Tag[],
  movedId: string,
  targetId: string,
  zone: DropZone,
): TagPlace | null {
  const target = tags.find((tag) => tag.id === targetId);
  if (!target || listBranchIds(tags, movedId).has(targetId)) return null;
  if (zone === 'inside') return keepIfNew(tags, movedId, findLastPlace(tags, movedId, targetId));
  const index = listSiblings(tags, target.parent_id, movedId).indexOf(target);
  const position = zone === 'before' ? index : index + 1;
  return keepIfNew(tags, movedId, { parent_id: target.parent_id, position });
}

/** Where one step leads: past a sibling, under the one above, or out beside its parent. */
export function findStepPlace(
  tags: readonly Tag[],
  movedId: string,
  direction: Direction,
): TagPlace | null {
  const moved = tags.find((tag) => tag.id === movedId);
  if (!moved) return null;
  const siblings = listSiblings(tags, moved.parent_id);
  const index = siblings.indexOf(moved);
  if (direction === 'up') {
    return index > 0 ? { parent_id: moved.parent_id, position: index - 1 } : null;
  }
  if (direction === 'down') {
    const isLast = index === siblings.length - 1;
    return isLast ? null : { parent_id: moved.parent_id, position: index + 1 };
  }
  if (direction === 'in') {
    return index > 0 ? findLastPlace(tags, movedId, siblings[index - 1].id) : null;
  }
  const parent = tags.find((tag) => tag.id === moved.parent_id);
  return parent ? findDropPlace(tags, movedId, parent.id, 'after') : null;
}

/** The tags as they are once the server has moved one: shown while it does. */
export function withMoved(tags: readonly Tag[], movedId: string, place: TagPlace): Tag[] {
  const siblings = listSiblings(tags, place.parent_id, movedId);
  const moved = tags.find((tag) => tag.id === movedId);
  if (!moved) return [...tags];
  siblings.splice(place.position, 0, moved);
  const positions = new Map(siblings.map((tag, position) => [tag.id, position]));
  return tags.map((tag) => {
    const position = positions.get(tag.id);
    if (position === undefined) return tag;
    return { ...tag, position, ...(tag.id === movedId ? { parent_id: place.parent_id } : {}) };
  });
}

function keepIfNew(tags: readonly Tag[], movedId: string, place: TagPlace): TagPlace | null {
  const moved = tags.find((tag) => tag.id === movedId);
  if (!moved) return null;
  const isThere =
    moved.parent_id === place.parent_id &&
    listSiblings(tags, moved.parent_id).indexOf(moved) === place.position;
  return isThere ? null : place;
}
