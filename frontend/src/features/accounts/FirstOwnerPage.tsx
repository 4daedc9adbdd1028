/** The one-time link that makes the first owner and the first workspace. */

import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, createFirstOwner, keys } from '@/api';
import { ErrorNotice } from '@/ui';
import { FrontDoor } from './FrontDoor';
import { IncompleteLink } from './IncompleteLink';

const EMPTY = { name: '', email: '', password: '', workspace_name: '' };

function useFirstOwner(token: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (owner: typeof EMPTY) => createFirstOwner({ token, ...owner }),
    onSuccess: (answer) => {
      client.setQueryData(keys.signIn(), answer);
      void navigate('/', { replace: true });
    },
  });
}

function OwnerForm({ token }: { token: string }) {
  const form = useForm({ initialValues: EMPTY });
  const creating = useFirstOwner(token);
  const fieldsAtFault = creating.error instanceof ApiError ? creating.error.fields : {};
  const isNamed = Object.keys(fieldsAtFault).length > 0;
  const field = (name: keyof typeof EMPTY) => ({
    ...form.getInputProps(name),
    error: fieldsAtFault[name]?.join(' '),
    required: true,
    withAsterisk: false,
  });
  return (
    <form onSubmit={form.onSubmit((owner) => creating.mutate(owner))}>
      <Stack gap="sm">
        {creating.error && !isNamed ? <ErrorNotice error={creating.error} /> : null}
        <TextInput label="Your name" autoComplete="name" {...field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="Password"
          description="Ten characters or more; a sentence is good."
          autoComplete="new-password"
          {...field('password')}
        />
        <TextInput
          label="Name of the workspace"
          description="Your team or product. It can be changed later."
          {...field('workspace_name')}
        />
        <Button type="submit" loading={creating.isPending} mt={4}>
          Make the account
        </Button>
      </Stack>
    </form>
  );
}

export function FirstOwnerPage() {
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  return (
    <FrontDoor title="Become the first owner" subtitle="This Earshot is new.">
      {token ? (
        <OwnerForm token={token} />
      ) : (
        <IncompleteLink>
          Copy the whole link that was printed where Earshot was started.
        </IncompleteLink>
      )}
    </FrontDoor>
  );
}
