/** Who may come in, and as what. */

import { ActionIcon, Button, Group, Select, Table, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconUserMinus, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createMember,
  deleteMember,
  keys,
  listMembers,
  type Member,
  type Role,
  updateMember,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading, notifyFailure, notifyWithUndo } from '@/ui';
import { MemberDialog } from './MemberDialog';
import { PasswordLinkDialog } from './PasswordLinkDialog';
import { getRoleName, ROLES } from './roles';
import { Section } from './Section';

function useMemberChanges() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.members(id) });
  const changeRole = useMutation({
    mutationFn: ({ memberId, role }: { memberId: string; role: Role }) =>
      updateMember(id, memberId, { role }),
    onError: (error) => notifyFailure('The role was not changed.', error),
    onSettled: refresh,
  });
  const remove = async (member: Member) => {
    try {
      await deleteMember(id, member.id);
    } catch (error) {
      notifyFailure('The member was not removed.', error);
      return;
    }
    void refresh();
    notifyWithUndo({
      message: `${member.name || member.email} was removed.`,
      // The account lives on, so adding it again with the same role is a full way back.
      onUndo: () =>
        createMember(id, { email: member.email, role: member.role })
          .then(refresh)
          .catch((error) => notifyFailure('The member was not brought back.', error)),
    });
  };
  return { changeRole, remove };
}

interface MemberRowProps {
  member: Member;
  onPasswordLink: (member: Member) => void;
}

function MemberRow({ member, onPasswordLink }: MemberRowProps) {
  const { permissions, user } = useWorkspace();
  const { changeRole, remove } = useMemberChanges();
  const mayManage = permissions.may_manage_members;
  const isMe = member.user_id === user.id;
  const name = member.name || member.email;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text size="sm" fw={550}>
          {name}{' '}
          {isMe ? (
            <Text component="span" size="sm" c="dimmed">
              (you)
            </Text>
          ) : null}
        </Text>
        <Text size="xs" c="dimmed">
          {member.email}
          {member.has_password ? '' : ' · has not come in yet'}
        </Text>
      </Table.Td>
      <Table.Td w={{ base: 130, sm: 170 }} px={{ base: 4, sm: 'xs' }}>
        {mayManage ? (
          <Select
            size="xs"
            aria-label={`Role of ${name}`}
            allowDeselect={false}
            data={ROLES.map(({ value, label }) => ({ value, label }))}
            value={member.role}
            onChange={(role) =>
              role && changeRole.mutate({ memberId: member.id, role: role as Role })
            }
          />
        ) : (
          getRoleName(member.role)
        )}
      </Table.Td>
      {mayManage ? (
        <Table.Td w={84} px={{ base: 4, sm: 'xs' }}>
          {isMe ? null : (
            <Group gap={4} wrap="nowrap">
              <Tooltip label="A link to choose a password">
                <ActionIcon
                  variant="subtle"
                  aria-label={`A link for ${name} to choose a password`}
                  onClick={() => onPasswordLink(member)}
                >
                  <IconKey size={17} aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={`Remove ${name}`}>
                <ActionIcon
                  variant="subtle"
                  aria-label={`Remove ${name}`}
                  onClick={() => void remove(member)}
                >
                  <IconUserMinus size={17} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </Group>
          )}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

export function MembersSection() {
  const { id, permissions } = useWorkspace();
  const [isAdding, adding] = useDisclosure();
  const [linkFor, setLinkFor] = useState<Member | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: keys.members(id),
    queryFn: () => listMembers(id),
  });
  return (
    <Section
      id="members"
      title="People and roles"
      description={ROLES.map(({ label, may }) => `${label}: ${may}.`).join(' ')}
    >
      {data ? (
        <Table verticalSpacing="xs">
          <Table.Thead className="only-for-screen-readers">
            <Table.Tr>
              <Table.Th>Person</Table.Th>
              <Table.Th>Role</Table.Th>
              {permissions.may_manage_members ? <Table.Th>Password and removal</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((member) => (
              <MemberRow key={member.id} member={member} onPasswordLink={setLinkFor} />
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      {error && !data ? (
        <ErrorNotice
          title="The members could not be loaded."
          error={error}
          onRetry={() => void refetch()}
        />
      ) : null}
      {!data && !error ? <Loading label="Loading members" rows={2} rowHeight={48} /> : null}
      {permissions.may_manage_members ? (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={adding.open}
        >
          Add a person
        </Button>
      ) : null}
      {isAdding ? <MemberDialog onClose={adding.close} onNew={setLinkFor} /> : null}
      {linkFor ? <PasswordLinkDialog member={linkFor} onClose={() => setLinkFor(null)} /> : null}
    </Section>
  );
}
