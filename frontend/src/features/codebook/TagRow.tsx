/** One line of the codebook. */

import { ActionIcon, ColorPicker, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Tag } from '@/api';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import classes from './Codebook.module.css';
import { type TagAction, TagMenu } from './TagMenu';
import { TagName } from './TagName';
import { TAG_COLOURS } from './tagColours';
import type { DropZone } from './tagMoves';
import type { TagLine } from './tagTree';
import type { TagChanges } from './useTagChanges';
import type { BindHandle } from './useTagDrag';

export interface TagRowProps {
  line: TagLine;
  isClosed: boolean;
  onToggle: () => void;
  peopleTotal?: number;
  isEditable: boolean;
  isRenaming: boolean;
  changes: TagChanges;
  onAction: (action: TagAction, tag: Tag) => void;
  onRenamed: () => void;
  /** Gives the handle what dragging needs. */
  bindHandle: BindHandle;
  isDragged: boolean;
  dropZone?: DropZone;
}

function Colour({ line: { tag }, isEditable, changes }: TagRowProps) {
  const [isOpen, setIsOpen] = useState(false);
  const dot = <span className={classes.dot} style={{ background: tag.colour || 'var(--line)' }} />;
  if (!isEditable) return <span className={classes.colour}>{dot}</span>;
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.colour}
          aria-label={`Colour of ${tag.name}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          {dot}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ColorPicker
          withPicker={false}
          format="hex"
          swatches={TAG_COLOURS}
          swatchesPerRow={6}
          value={tag.colour}
          onChange={(colour) => {
            setIsOpen(false);
            void changes.recolour(tag, colour);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Handle({ line: { tag }, isEditable, bindHandle }: TagRowProps) {
  if (!isEditable) return null;
  return (
    <button
      type="button"
      data-handle
      className={classes.handle}
      aria-label={`Move ${tag.name}`}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight F2"
      {...bindHandle(tag)}
    >
      <IconGripVertical size={15} aria-hidden />
    </button>
  );
}

function Counts({ line: { tag, childCount }, peopleTotal }: TagRowProps) {
  const hasMoreUnder = childCount > 0 && tag.branch_excerpt_count > tag.excerpt_count;
  return (
    <div className={classes.counts}>
      {tag.excerpt_count > 0 ? (
        <Link to={`?tag=${tag.id}`} className={classes.count}>
          <span className={classes.people}>{formatPeople(tag.people_count, peopleTotal)}</span>
          <span className={classes.excerpts}>{formatCount(tag.excerpt_count, 'excerpt')}</span>
          <span className="only-for-screen-readers">tagged {tag.name}</span>
        </Link>
      ) : null}
      {hasMoreUnder ? (
        <Link to={`?branch=${tag.id}`} className={classes.count} data-is-branch>
          <span className={classes.scope}>with those under it</span>
          <span className={classes.people}>
            {formatPeople(tag.branch_people_count, peopleTotal)}
          </span>
          <span className={classes.excerpts}>
            {formatCount(tag.branch_excerpt_count, 'excerpt')}
          </span>
          <span className="only-for-screen-readers">: {tag.name}</span>
        </Link>
      ) : null}
      {tag.branch_excerpt_count === 0 ? <span className={classes.unused}>Not used yet</span> : null}
    </div>
  );
}

function Texts({ tag }: { tag: Tag }) {
  return (
    <>
      {tag.description ? <p className={classes.description}>{tag.description}</p> : null}
      {tag.when_to_use ? (
        <p className={classes.rule}>
          <b>Use</b> {tag.when_to_use}
        </p>
      ) : null}
      {tag.when_not_to_use ? (
        <p className={classes.rule}>
          <b>Not</b> {tag.when_not_to_use}
        </p>
      ) : null}
    </>
  );
}

export function TagRow(props: TagRowProps) {
  const { line, isClosed, onToggle, isEditable, isRenaming, changes, onAction, onRenamed } = props;
  const { tag, depth, childCount } = line;
  return (
    <li
      className={classes.row}
      style={{ ['--depth' as string]: depth }}
      data-tag={tag.id}
      data-is-dragged={props.isDragged || undefined}
      data-drop={props.dropZone}
    >
      <Handle {...props} />
      {childCount > 0 ? (
        <ActionIcon
          size="sm"
          variant="subtle"
          className={classes.chevron}
          data-is-open={!isClosed || undefined}
          aria-expanded={!isClosed}
          aria-label={`${formatCount(childCount, 'tag')} under ${tag.name}`}
          onClick={onToggle}
        >
          <IconChevronRight size={15} aria-hidden />
        </ActionIcon>
      ) : (
        <span className={classes.noChevron} />
      )}
      <Colour {...props} />
      <div className={classes.about}>
        <TagName
          tag={tag}
          isEditing={isRenaming}
          isEditable={isEditable}
          onEdit={() => onAction('rename', tag)}
          onRename={(name) => changes.rename(tag, name)}
          onClose={onRenamed}
        />
        <Texts tag={tag} />
      </div>
      <Counts {...props} />
      {isEditable ? <TagMenu tag={tag} onAction={onAction} /> : null}
    </li>
  );
}
