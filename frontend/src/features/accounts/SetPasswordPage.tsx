/** The link by which somebody chooses a password: their first, or one for one that was lost. */

import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ApiError, keys, setPassword } from '@/api';
import { paths } from '@/lib/paths';
import { ErrorNotice } from '@/ui';
import { FrontDoor } from './FrontDoor';
import { IncompleteLink } from './IncompleteLink';

function useSettingPassword(token: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (password: string) => setPassword({ token, password }),
    onSuccess: (answer) => {
      client.clear();
      client.setQueryData(keys.signIn(), answer);
      void navigate('/', { replace: true });
    },
  });
}

function PasswordForm({ token }: { token: string }) {
  const [password, choose] = useState('');
  const setting = useSettingPassword(token);
  const fault = setting.error instanceof ApiError && setting.error.fields.password?.join(' ');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setting.mutate(password);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {setting.error && !fault ? <ErrorNotice error={setting.error} /> : null}
        <PasswordInput
          label="New password"
          description="Ten characters or more; a sentence is good."
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => choose(event.currentTarget.value)}
          error={fault}
        />
        <Button type="submit" loading={setting.isPending} mt={4}>
          Save and come in
        </Button>
        {setting.error && !fault ? (
          <Button component={Link} to={paths.signIn} variant="default">
            Go to sign-in
          </Button>
        ) : null}
      </Stack>
    </form>
  );
}

export function SetPasswordPage() {
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  return (
    <FrontDoor title="Choose your password" subtitle="Hear what people said, and where.">
      {token ? (
        <PasswordForm token={token} />
      ) : (
        <IncompleteLink>Copy the whole link that you were given.</IncompleteLink>
      )}
    </FrontDoor>
  );
}
