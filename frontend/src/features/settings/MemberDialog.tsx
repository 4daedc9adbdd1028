/** Adding a person to the workspace. */

import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, createMember, keys, type Role } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice } from '@/ui';
import { ROLES } from './roles';

const EMPTY = { email: '', name: '', role: 'researcher' as Role, password: '' };

export function MemberDialog({ onClose }: { onClose: () => void }) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const form = useForm({
    initialValues: EMPTY,
    validate: { email: (email) => (email.includes('@') ? null : 'Give an email address.') },
  });
  const adding = useMutation({
    mutationFn: (member: typeof EMPTY) => createMember(id, member),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.members(id) });
      onClose();
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
          <TextInput label="Name" {...field('name')} />
          <Select
            label="Role"
            allowDeselect={false}
            data={ROLES.map(({ value, label, may }) => ({ value, label: `${label}: ${may}` }))}
            {...field('role')}
          />
          <PasswordInput
            label="First password"
            description="Only for someone without an account here. Hand it over in person."
            autoComplete="new-password"
            {...field('password')}
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
