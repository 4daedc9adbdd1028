/** What else can be done with a reel: a link to it, its words as a table, deleting it. */

import { ActionIcon, CopyButton, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconLink, IconTrash } from '@tabler/icons-react';
import { MAX_EXPORTED_BY_ID, type ReelDetail, searchExportUrl } from '@/api';
import { useWorkspace } from '@/app/workspace';
import type { ReelChanges } from './useReelChanges';

interface ReelMenuProps {
  reel: ReelDetail;
  isEditable: boolean;
  changes: ReelChanges;
}

export function ReelMenu({ reel, isEditable, changes }: ReelMenuProps) {
  const { id } = useWorkspace();
  const excerpt = reel.items.map((item) => item.excerpt.id);
  const hasTable = excerpt.length > 0 && excerpt.length <= MAX_EXPORTED_BY_ID;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="More about this reel">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <CopyButton value={window.location.href}>
          {({ copied, copy }) => (
            <Menu.Item
              leftSection={<IconLink size={16} aria-hidden />}
              onClick={copy}
              closeMenuOnClick={false}
            >
              {copied ? 'Link copied' : 'Copy link for members'}
            </Menu.Item>
          )}
        </CopyButton>
        {hasTable ? (
          <Menu.Item
            component="a"
            href={searchExportUrl(id, { excerpt })}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Save as CSV
          </Menu.Item>
        ) : null}
        {isEditable ? (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void changes.delete()}
          >
            Delete reel
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
