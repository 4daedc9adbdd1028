/** What else can be done with a persona: a link to it, or delete it. */

import { ActionIcon, Button, CopyButton, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconLink, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { deletePersona, type PersonaDetail } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople } from '@/ui';

function DeleteDialog({ persona, onClose }: { persona: PersonaDetail; onClose: () => void }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  const deleting = useMutation({
    mutationFn: () => deletePersona(id, persona.id),
    onSuccess: async () => {
      await navigate(paths.personas(id));
      await refresh();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${persona.name}?`}>
      <Stack>
        <Text>
          {formatPeople(persona.people_count)} will be without a persona, and{' '}
          {formatCount(persona.excerpt_count, 'excerpt')} will leave this map. The excerpts
          themselves and the insights stay. The story is lost.
        </Text>
        {deleting.error ? <ErrorNotice error={deleting.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete persona
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

export function PersonaMenu({ persona }: { persona: PersonaDetail }) {
  const { permissions } = useWorkspace();
  const [isDeleting, { open, close }] = useDisclosure(false);
  return (
    <>
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
          {permissions.may_edit_research ? (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
              Delete persona…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isDeleting ? <DeleteDialog persona={persona} onClose={close} /> : null}
    </>
  );
}
