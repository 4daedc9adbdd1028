/** The lines of the codebook: folded, moved by dragging and by keys, renamed in place. */

import { Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Tag, TagPlace } from '@/api';
import classes from './Codebook.module.css';
import type { TagAction } from './TagMenu';
import { TagRow } from './TagRow';
import { type Direction, findStepPlace } from './tagMoves';
import { buildTree, keepUnused, listLines, pruneTree } from './tagTree';
import { findHandle, useCodebookKeys } from './useCodebookKeys';
import { type TagChanges, useCodebookHistory } from './useTagChanges';
import { useTagDrag } from './useTagDrag';

const NOTHING_CLOSED: ReadonlySet<string> = new Set();

interface TagTreeProps {
  tags: readonly Tag[];
  /** Only tags in whose texts these stand. */
  words: string;
  isUnusedOnly: boolean;
  isEditable: boolean;
  peopleTotal?: number;
  changes: TagChanges;
  onAction: (action: TagAction, tag: Tag) => void;
}

function useClosed() {
  const [closedIds, setClosedIds] = useState(NOTHING_CLOSED);
  const setOpen = (tagId: string, isOpen: boolean) => {
    if (isOpen === !closedIds.has(tagId)) return;
    const next = new Set(closedIds);
    if (isOpen) next.delete(tagId);
    else next.add(tagId);
    setClosedIds(next);
  };
  return { closedIds, setOpen };
}

/** A line that has moved keeps the focus, though the browser takes it away. */
function useKeptFocus(tags: readonly Tag[]) {
  const movedId = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever lines have moved
  useEffect(() => {
    if (movedId.current && document.activeElement === document.body) {
      findHandle(movedId.current)?.focus();
    }
  }, [tags]);
  return movedId;
}

export function TagTree(props: TagTreeProps) {
  const { tags, words, isUnusedOnly, isEditable, peopleTotal, changes, onAction } = props;
  const { closedIds, setOpen } = useClosed();
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const movedId = useKeptFocus(tags);
  const history = useCodebookHistory();
  const find = (tagId: string) => tags.find((tag) => tag.id === tagId);
  const move = (tag: Tag, place: TagPlace) => {
    if (place.parent_id) setOpen(place.parent_id, true);
    movedId.current = tag.id;
    void changes.move(tag, place);
  };
  const step = (tagId: string, direction: Direction) => {
    const [tag, place] = [find(tagId), findStepPlace(tags, tagId, direction)];
    if (tag && place) move(tag, place);
  };
  const act = (action: TagAction, tag: Tag) => {
    if (action === 'rename') setRenamingId(tag.id);
    else if (action === 'delete') void changes.remove(tag);
    else onAction(action, tag);
  };
  const endRenaming = () => {
    const tagId = renamingId;
    setRenamingId(null);
    requestAnimationFrame(() => {
      if (tagId && document.activeElement === document.body) findHandle(tagId)?.focus();
    });
  };
  const withTag = (then: (tag: Tag) => void) => (tagId: string) => {
    const tag = find(tagId);
    if (tag) then(tag);
  };
  useCodebookKeys({
    isEditable,
    onUndo: () => void history.undo(),
    onRedo: () => void history.redo(),
    onStep: step,
    onRename: setRenamingId,
    onDelete: withTag((tag) => void changes.remove(tag)),
    onOpen: setOpen,
  });
  const { drag, bind } = useTagDrag(tags, move);
  const isFinding = words.trim() !== '' || isUnusedOnly;
  const whole = buildTree(tags);
  const tree = pruneTree(isUnusedOnly ? keepUnused(whole) : whole, words);
  const lines = listLines(tree, isFinding ? NOTHING_CLOSED : closedIds);
  if (lines.length === 0) {
    return <Text c="dimmed">{words.trim() ? 'No tag says that.' : 'Every tag is used.'}</Text>;
  }
  return (
    <ul className={classes.rows} aria-label="Tags" data-is-dragging={drag ? true : undefined}>
      {lines.map((line) => (
        <TagRow
          key={line.tag.id}
          line={line}
          isClosed={!isFinding && closedIds.has(line.tag.id)}
          onToggle={() => setOpen(line.tag.id, closedIds.has(line.tag.id))}
          peopleTotal={peopleTotal}
          isEditable={isEditable}
          isRenaming={renamingId === line.tag.id}
          changes={changes}
          onAction={act}
          onRenamed={endRenaming}
          bindHandle={bind}
          isDragged={drag?.tagId === line.tag.id}
          dropZone={drag?.target?.tagId === line.tag.id ? drag.target.zone : undefined}
        />
      ))}
    </ul>
  );
}
