/** Shows the link by which a member chooses a password, for an owner to hand over. */

import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError, type Member, makePasswordLink } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatDay } from '@/lib/time';
import { ErrorNotice, Loading } from '@/ui';

function LinkToCopy({ link }: { link: string }) {
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label="Link"
        flex="1 1 14rem"
        readOnly
        value={link}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
      </CopyButton>
    </Group>
  );
}

export function PasswordLinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { id } = useWorkspace();
  const name = member.name || member.email;
  // Made each time the dialog opens, and forgotten with it: it opens an account.
  const { data, error, refetch } = useQuery({
    queryKey: [id, 'password-link', member.id],
    queryFn: () => makePasswordLink(id, member.id),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const isRefused = error instanceof ApiError && error.status === 409;
  return (
    <Modal
      opened
      onClose={onClose}
      title={member.has_password ? `A new password for ${name}` : `Invite ${name}`}
    >
      <Stack gap="sm">
        {data ? (
          <>
            <Text size="sm">
              Send {name} this link. With it they choose a password, and are signed in. It works
              once, until {formatDay(data.expires_at)}; whoever has it can come in as them.
            </Text>
            <LinkToCopy link={window.location.origin + data.path} />
            {member.has_password ? (
              <Text size="sm" c="dimmed">
                Until it is used, the old password still works.
              </Text>
            ) : null}
          </>
        ) : null}
        {error ? (
          <ErrorNotice
            title="No link was made."
            error={error}
            onRetry={isRefused ? undefined : () => void refetch()}
          />
        ) : null}
        {!data && !error ? <Loading label="Making the link" rows={1} rowHeight={60} /> : null}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
