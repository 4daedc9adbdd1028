/** Everything that can be done to one tag. */

import { ActionIcon, Kbd, Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconDots,
  IconFolderSymlink,
  IconForms,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import type { Tag } from '@/api';

export type TagAction = 'rename' | 'change' | 'add' | 'move' | 'merge' | 'delete';

const ITEMS = [
  { action: 'rename', label: 'Rename', Icon: IconForms, key: 'F2' },
  { action: 'change', label: 'Change…', Icon: IconPencil },
  { action: 'add', label: 'New tag under it…', Icon: IconPlus },
  { action: 'move', label: 'Move to…', Icon: IconFolderSymlink },
  { action: 'merge', label: 'Merge into…', Icon: IconArrowMerge },
  { action: 'delete', label: 'Delete', Icon: IconTrash, key: 'Del' },
] as const;

interface TagMenuProps {
  tag: Tag;
  onAction: (action: TagAction, tag: Tag) => void;
}

export function TagMenu({ tag, onAction }: TagMenuProps) {
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <ActionIcon size="md" variant="subtle" aria-label={`Change ${tag.name}`}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ITEMS.map(({ action, label, Icon, ...item }) => (
          <Menu.Item
            key={action}
            color={action === 'delete' ? 'red' : undefined}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={'key' in item ? <Kbd aria-hidden>{item.key}</Kbd> : null}
            onClick={() => onAction(action, tag)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
