/** What else can be done with a persona: a link to it, or delete it. */

import { ActionIcon, CopyButton, Menu } from '@mantine/core';
import { IconDots, IconLink, IconPrinter, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { deletePersona, keys, type PersonaDetail, restorePersona } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { notifyFailure, notifyWithUndo } from '@/ui';

function useDeleting(persona: PersonaDetail) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  const restore = async () => {
    try {
      await restorePersona(id, persona.id);
      await refresh();
      await navigate(paths.persona(id, persona.id));
    } catch (error) {
      notifyFailure(`${persona.name} could not be brought back`, error);
    }
  };
  return async () => {
    try {
      await deletePersona(id, persona.id);
    } catch (error) {
      notifyFailure(`${persona.name} was not deleted`, error);
      return;
    }
    await navigate(paths.personas(id));
    void refresh(keys.persona(id, persona.id));
    notifyWithUndo({
      message: `${persona.name} deleted; what people said stays`,
      onUndo: restore,
    });
  };
}

export function PersonaMenu({ persona }: { persona: PersonaDetail }) {
  const { permissions } = useWorkspace();
  const remove = useDeleting(persona);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`More about ${persona.name}`}>
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
        {permissions.may_edit_research ? (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove()}
          >
            Delete persona
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
