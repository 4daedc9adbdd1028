/** Me: the workspace, light or dark, settings, signing out. */

import { Menu, NavLink, useMantineColorScheme } from '@mantine/core';
import {
  IconBuilding,
  IconCheck,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { keys, signOut } from '@/api';
import { forgetAll } from '@/lib/forgetting';
import { paths } from '@/lib/paths';
import { notifyFailure } from '@/ui';
import { useSignIn, useWorkspace } from '../workspace';

const SCHEMES = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'Like the system', Icon: IconDeviceDesktop },
] as const;

function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      notifyFailure('You are still signed in', error);
      return;
    }
    forgetAll();
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.signIn()[0] });
    await client.resetQueries({ queryKey: keys.signIn() });
    void navigate(paths.signIn);
  };
}

function WorkspaceItems() {
  const { id } = useWorkspace();
  const others = useSignIn().data?.workspaces ?? [];
  if (others.length < 2) return null;
  return (
    <>
      <Menu.Label>Workspaces</Menu.Label>
      {others.map((workspace) => (
        <Menu.Item
          key={workspace.id}
          component={Link}
          to={paths.search(workspace.id)}
          leftSection={<IconBuilding size={16} aria-hidden />}
          rightSection={workspace.id === id ? <IconCheck size={16} aria-label="current" /> : null}
        >
          {workspace.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

export function MyMenu({ className }: { className?: string }) {
  const { id, user, name } = useWorkspace();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();
  return (
    <Menu position="right-end" width={230} shadow="md">
      <Menu.Target>
        <NavLink
          component="button"
          className={className}
          label={user.name || user.email}
          leftSection={<IconUserCircle size={20} stroke={1.7} aria-hidden />}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.email} · {name}
        </Menu.Label>
        <WorkspaceItems />
        <Menu.Item
          component={Link}
          to={paths.settings(id)}
          leftSection={<IconSettings size={16} aria-hidden />}
        >
          Settings
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(value)}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={
              colorScheme === value ? <IconCheck size={16} aria-label="chosen" /> : null
            }
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()} leftSection={<IconLogout size={16} aria-hidden />}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
