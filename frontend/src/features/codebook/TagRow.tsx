/** One line of the codebook. */

import { ActionIcon, ColorPicker, Menu, Popover, UnstyledButton } from '@mantine/core';
import {
  IconChevronRight,
  IconDots,
  IconFolderSymlink,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Tag } from '@/api';
import { formatCount } from '@/lib/text';
import { EditableText, formatPeople } from '@/ui';
import classes from './Codebook.module.css';
import type { TagDialogProps } from './TagDialog';
import { TAG_COLOURS } from './tagColours';
import type { TagLine } from './tagTree';
import type { TagChanges } from './useTagChanges';

/** What a dialog about a tag begins with. */
export type DialogRequest = Pick<TagDialogProps, 'tag' | 'parent' | 'firstField'>;

interface TagRowProps {
  line: TagLine;
  isClosed: boolean;
  onToggle: () => void;
  peopleTotal?: number;
  isEditable: boolean;
  changes: TagChanges;
  onDialog: (request: DialogRequest) => void;
  /** The address that opens the tag's excerpts. */
  href: string;
}

function Colour({
  tag,
  isEditable,
  changes,
}: { tag: Tag } & Pick<TagRowProps, 'isEditable' | 'changes'>) {
  const [isOpen, setIsOpen] = useState(false);
  const dot = <span className={classes.dot} style={{ background: tag.colour || 'var(--line)' }} />;
  if (!isEditable) return dot;
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

function RowMenu({ line: { tag }, changes, onDialog }: TagRowProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="md" variant="subtle" aria-label={`Change ${tag.name}`}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onDialog({ tag })}
        >
          Change…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onDialog({ parent: tag })}
        >
          New tag under it…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFolderSymlink size={16} aria-hidden />}
          onClick={() => onDialog({ tag, firstField: 'parent' })}
        >
          Move under…
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => void changes.remove(tag)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Counts({ line: { tag, childCount }, peopleTotal, href }: TagRowProps) {
  if (tag.excerpt_count === 0) {
    const isHeading = childCount > 0;
    return (
      <span className={classes.unused}>
        {isHeading ? `Gathers ${formatCount(childCount, 'tag')}` : 'Not used yet'}
      </span>
    );
  }
  return (
    <Link to={href} className={classes.counts}>
      <span className={classes.people}>{formatPeople(tag.people_count, peopleTotal)}</span>
      <span className={classes.excerpts}>{formatCount(tag.excerpt_count, 'excerpt')}</span>
      <span className="only-for-screen-readers">tagged {tag.name}</span>
    </Link>
  );
}

export function TagRow(props: TagRowProps) {
  const { line, isClosed, onToggle, isEditable, changes } = props;
  const { tag, depth, childCount } = line;
  return (
    <li className={classes.row} style={{ ['--depth' as string]: depth }}>
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
      <Colour tag={tag} isEditable={isEditable} changes={changes} />
      <div className={classes.about}>
        <div className={classes.name}>
          <EditableText
            text={tag.name}
            label={`the name ${tag.name}`}
            isEditable={isEditable}
            isRequired
            maxLength={100}
            onSave={(name) => changes.rename(tag, name)}
          />
        </div>
        {tag.description ? <p className={classes.description}>{tag.description}</p> : null}
      </div>
      <Counts {...props} />
      {isEditable ? <RowMenu {...props} /> : null}
    </li>
  );
}
