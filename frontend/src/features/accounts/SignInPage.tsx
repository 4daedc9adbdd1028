/** Signing in, with the sample's accounts one click away on a machine of one's own. */

import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Navigate, useSearchParams } from 'react-router';
import { keys, type SampleSignIn, type SignIn, signIn } from '@/api';
import { useSignIn } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import { FrontDoor } from './FrontDoor';

type Credentials = { email: string; password: string };

/** Only addresses of this page may follow a sign-in, never another site's. */
export function readNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';
}

function useSigningIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (answer: SignIn) => client.setQueryData(keys.signIn(), answer),
  });
}

interface PartProps {
  signingIn: ReturnType<typeof useSigningIn>;
}

function PasswordForm({ signingIn }: PartProps) {
  const form = useForm<Credentials>({ initialValues: { email: '', password: '' } });
  return (
    <form onSubmit={form.onSubmit((credentials) => signingIn.mutate(credentials))}>
      <Stack gap="sm">
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signingIn.isPending} mt={4} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

const ROLE_SENTENCES: Record<SampleSignIn['role'], string> = {
  owner: 'owner: everything, and who may come in',
  researcher: 'researcher: recordings, excerpts, codebook',
  product: 'product manager: search, listen, write insights',
  viewer: 'viewer: look and listen',
};

function SampleAccounts({ accounts, signingIn }: PartProps & { accounts: SampleSignIn[] }) {
  return (
    <>
      <Divider label="or look around the sample as" />
      <Stack gap={8}>
        {accounts.map(({ email, password, name, role }) => (
          <Button
            key={email}
            variant="default"
            justify="flex-start"
            h="auto"
            py={8}
            disabled={signingIn.isPending}
            onClick={() => signingIn.mutate({ email, password })}
            styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
          >
            <span>
              <Text component="span" fw={600} size="sm">
                {name}
              </Text>
              <Text component="span" size="sm" c="dimmed">
                {' '}
                – {ROLE_SENTENCES[role]}
              </Text>
            </span>
          </Button>
        ))}
      </Stack>
    </>
  );
}

export function SignInPage() {
  const [search] = useSearchParams();
  const { data, error, refetch } = useSignIn();
  const signingIn = useSigningIn();
  if (data?.user) return <Navigate to={readNext(search.get('next'))} replace />;
  return (
    <FrontDoor title="Sign in" subtitle="Hear what people said, and where.">
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading label="Opening Earshot" rows={2} /> : null}
      {data?.needs_first_owner ? (
        <Alert color="ink" title="This Earshot has no owner yet">
          Open the one-time link that was printed where Earshot was started. It makes the first
          account; after that, people sign in here.
        </Alert>
      ) : null}
      {data ? (
        <>
          {signingIn.error ? <ErrorNotice error={signingIn.error} /> : null}
          <PasswordForm signingIn={signingIn} />
          {data.needs_first_owner ? null : (
            <Text size="sm" c="dimmed">
              Lost your password? An owner of your workspace can make you a link to choose another.
            </Text>
          )}
          {data.sample_sign_ins.length ? (
            <SampleAccounts accounts={data.sample_sign_ins} signingIn={signingIn} />
          ) : null}
        </>
      ) : null}
    </FrontDoor>
  );
}
