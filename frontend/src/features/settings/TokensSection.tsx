/** One's own tokens for scripts. */

import { Alert, Button, Code, CopyButton, Group, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createToken, deleteToken, keys, listTokens, type NewApiToken } from '@/api';
import { ErrorNotice, Loading, notifyFailure, RelativeTime } from '@/ui';
import { Section } from './Section';

function NewTokenNotice({ token, onClose }: { token: NewApiToken; onClose: () => void }) {
  return (
    <Alert
      color="ink"
      title={`The token “${token.name}”`}
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
      mb="md"
    >
      <Text size="sm">Copy it now: it is shown this once, and only its beginning is kept.</Text>
      <Group mt="xs" gap="sm">
        <Code style={{ overflowWrap: 'anywhere' }}>{token.token}</Code>
        <CopyButton value={token.token}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}

function useTokens() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.tokens() });
  return {
    list: useQuery({ queryKey: keys.tokens(), queryFn: listTokens }),
    create: useMutation({ mutationFn: createToken, onSuccess: refresh }),
    remove: useMutation({
      mutationFn: deleteToken,
      onError: (error) => notifyFailure('The token was not revoked.', error),
      onSettled: refresh,
    }),
  };
}

function TokenForm({ create }: { create: ReturnType<typeof useTokens>['create'] }) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(name.trim(), { onSuccess: () => setName('') });
      }}
    >
      <Group align="flex-end" gap="sm" mt="sm">
        <TextInput
          label="What the new token is for"
          flex="1 1 16rem"
          maw={420}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!name.trim()} loading={create.isPending}>
          Make a token
        </Button>
      </Group>
    </form>
  );
}

export function TokensSection() {
  const { list, create, remove } = useTokens();
  const { data, error } = list;
  return (
    <Section
      id="tokens"
      title="My tokens"
      description="A script that sends “Authorization: Bearer …” with a token may do what you may do."
    >
      {create.data ? <NewTokenNotice token={create.data} onClose={create.reset} /> : null}
      {create.error ? <ErrorNotice title="No token was made." error={create.error} /> : null}
      {data?.length ? (
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>For</Table.Th>
              <Table.Th>Begins with</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>
                <span className="only-for-screen-readers">Revoke</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((token) => (
              <Table.Tr key={token.id}>
                <Table.Td>{token.name}</Table.Td>
                <Table.Td>
                  <Code>{token.prefix}</Code>
                </Table.Td>
                <Table.Td>
                  {token.last_used_at ? <RelativeTime time={token.last_used_at} /> : 'Never'}
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Revoke ${token.name}`}
                    onClick={() => remove.mutate(token.id)}
                  >
                    Revoke
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      {error && !data ? (
        <ErrorNotice
          title="The tokens could not be loaded."
          error={error}
          onRetry={() => void list.refetch()}
        />
      ) : null}
      {!data && !error ? <Loading label="Loading tokens" rows={1} /> : null}
      <TokenForm create={create} />
    </Section>
  );
}
