/** One's own password: the first one was chosen by whoever made the account. */

import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ApiError, changePassword } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, notifyDone } from '@/ui';
import { Section } from './Section';

const EMPTY = { current: '', password: '' };

export function PasswordSection() {
  const { user } = useWorkspace();
  const form = useForm({ initialValues: EMPTY });
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      form.reset();
      notifyDone('Your password was changed. Other browsers are signed out.');
    },
  });
  const faults = changing.error instanceof ApiError ? changing.error.fields : {};
  const isNamed = Object.keys(faults).length > 0;
  const { current, password } = form.values;
  return (
    <Section id="password" title="My password" description={`You sign in as ${user.email}.`}>
      <form onSubmit={form.onSubmit((change) => changing.mutate(change))}>
        <Stack gap="sm" maw={420}>
          {/* For programs that keep passwords: whose password this is. */}
          <input type="hidden" autoComplete="username" value={user.email} readOnly />
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            {...form.getInputProps('current')}
            error={faults.current?.join(' ')}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            {...form.getInputProps('password')}
            error={faults.password?.join(' ')}
          />
          {changing.error && !isNamed ? (
            <ErrorNotice title="The password was not changed." error={changing.error} />
          ) : null}
          <Group>
            <Button
              type="submit"
              variant="default"
              loading={changing.isPending}
              disabled={!current || !password}
            >
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
