/** What else can be done with an insight: a link to it, or delete it. */

import { ActionIcon, CopyButton, Menu } from '@mantine/core';
import { IconDots, IconLink, IconPrinter, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { deleteInsight, type InsightRow, keys, restoreInsight } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { notifyFailure, notifyWithUndo } from '@/ui';

function useDeleting(insight: InsightRow) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  const restore = async () => {
    try {
      await restoreInsight(id, insight.id);
      await refresh();
      await navigate(paths.insight(id, insight.id));
    } catch (error) {
      notifyFailure('The insight could not be brought back', error);
    }
  };
  return async () => {
    try {
      await deleteInsight(id, insight.id);
    } catch (error) {
      notifyFailure('The insight was not deleted', error);
      return;
    }
    await navigate(paths.insights(id));
    void refresh(keys.insight(id, insight.id));
    notifyWithUndo({ message: 'Insight deleted', onUndo: restore });
  };
}

export function InsightMenu({ insight }: { insight: InsightRow }) {
  const { permissions } = useWorkspace();
  const remove = useDeleting(insight);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="More about this insight">
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
              {copied ? 'Link copied' : 'Copy link to this page'}
            </Menu.Item>
          )}
        </CopyButton>
        <Menu.Item
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          Print or save as PDF
        </Menu.Item>
        {permissions.may_write_insights ? (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove()}
          >
            Delete insight
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
