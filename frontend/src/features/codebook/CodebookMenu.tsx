/** What concerns the codebook as a whole: files in and out, and its lock. */

import { Button, Menu, Text } from '@mantine/core';
import {
  IconDotsVertical,
  IconDownload,
  IconLock,
  IconLockOpen,
  IconUpload,
} from '@tabler/icons-react';
import { type Codebook, codebookUrl } from '@/api';
import { useWorkspace } from '@/app/workspace';

interface CodebookMenuProps {
  codebook: Codebook | undefined;
  isEmpty: boolean;
  onImport: () => void;
  onLock: (isLocked: boolean) => void;
}

const FORMATS = [
  { format: 'csv', name: 'Export as a table', use: 'CSV, for a spreadsheet' },
  { format: 'qdc', name: 'Export as a codebook', use: 'QDC, for other research programs' },
] as const;

export function CodebookMenu({ codebook, isEmpty, onImport, onLock }: CodebookMenuProps) {
  const { id } = useWorkspace();
  if (!codebook) return null;
  const { is_locked: isLocked, may_edit: mayEdit, may_lock: mayLock } = codebook;
  if (isEmpty && !mayEdit && !mayLock) return null;
  const LockIcon = isLocked ? IconLockOpen : IconLock;
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDotsVertical size={16} aria-hidden />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {mayEdit ? (
          <Menu.Item leftSection={<IconUpload size={16} aria-hidden />} onClick={onImport}>
            Import…
            <Text size="xs" c="dimmed">
              A table (CSV) or a codebook (QDC)
            </Text>
          </Menu.Item>
        ) : null}
        {isEmpty
          ? null
          : FORMATS.map(({ format, name, use }) => (
              <Menu.Item
                key={format}
                component="a"
                href={codebookUrl(id, format)}
                download
                leftSection={<IconDownload size={16} aria-hidden />}
              >
                {name}
                <Text size="xs" c="dimmed">
                  {use}
                </Text>
              </Menu.Item>
            ))}
        {mayLock ? (
          <Menu.Item
            leftSection={<LockIcon size={16} aria-hidden />}
            onClick={() => onLock(!isLocked)}
          >
            {isLocked ? 'Unlock the codebook' : 'Lock the codebook'}
            <Text size="xs" c="dimmed">
              {isLocked
                ? 'Researchers change its tags again'
                : 'Only owners change tags; everybody goes on using them'}
            </Text>
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
