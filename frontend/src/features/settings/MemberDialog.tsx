/** Adding a person to the workspace. */

import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, createMember, keys, type Member, type Role } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice } from '@/ui';
import { ROLES } from './roles';

const EMPTY = { email: '', name: '', role: 'researcher' as Role };

interface MemberDialogProps {
  onClose: () => void;
  /** Told of somebody who has yet to choose a password. */
  onNew: (member: Member) => void;
}

export function MemberDialog({ onClose, onNew }: MemberDialogProps) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const form = useForm({
    initialValues: EMPTY,
    validate: { email: (email) => (email.includes('@') ? null : 'Give an email address.') },
  });
  const adding = useMutation({
    mutationFn: (member: typeof EMPTY) => createMember(id, member),
    onSuccess: (added) => {
      void client.invalidateQueries({ queryKey: keys.members(id) });
      onClose();
      if (!added.has_password) onNew(added);
    },
  });
  const faults = adding.error instanceof ApiError ? adding.error.fields : {};
  const field = (name: keyof typeof EMPTY) => {
    const props = form.getInputProps(name);
    return { ...props, error: props.error ?? faults[name]?.join(' ') };
  };
  return (
    <Modal opened onClose={onClose} title="Add a person">
      <form onSubmit={form.onSubmit((member) => adding.mutate(member))} noValidate>
        <Stack gap="sm">
          {adding.error ? (
            <ErrorNotice title="The person was not added." error={adding.error} />
          ) : null}
          <TextInput label="Email" type="email" data-autofocus {...field('email')} />
          <TextInput
            label="Name"
            description="Only needed for someone without an account here. They get a link to choose a password."
            {...field('name')}
          />
          <Select
            label="Role"
            allowDeselect={false}
            data={ROLES.map(({ value, label, may }) => ({ value, label: `${label}: ${may}` }))}
            {...field('role')}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={adding.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
