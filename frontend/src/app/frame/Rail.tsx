/** The rail at the left, or the bar at the bottom of a narrow screen. */

import { NavLink, UnstyledButton } from '@mantine/core';
import {
  IconBulb,
  IconFolders,
  IconSearch,
  IconSettings,
  IconTags,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { paths } from '@/lib/paths';
import { useWorkspace } from '../workspace';
import classes from './Rail.module.css';
import { Wordmark } from './Wordmark';

export function useRooms() {
  const { id } = useWorkspace();
  return [
    { label: 'Search', to: paths.search(id), Icon: IconSearch },
    { label: 'Studies', to: paths.studies(id), Icon: IconFolders },
    { label: 'Personas', to: paths.personas(id), Icon: IconUsers },
    { label: 'Insights', to: paths.insights(id), Icon: IconBulb },
    { label: 'Codebook', to: paths.codebook(id), Icon: IconTags },
  ];
}

export function Rail() {
  const { id } = useWorkspace();
  const { pathname } = useLocation();
  const rooms = useRooms();
  return (
    <div className={classes.rail}>
      <UnstyledButton component={Link} to={paths.workspace(id)} className={classes.brand}>
        <Wordmark />
      </UnstyledButton>
      <nav className={classes.rooms} aria-label="Main">
        {rooms.map(({ label, to, Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={label}
            leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
            active={pathname.startsWith(to)}
            aria-current={pathname.startsWith(to) ? 'page' : undefined}
            className={classes.room}
          />
        ))}
      </nav>
      <div className={classes.foot}>
        <NavLink
          component={Link}
          to={paths.settings(id)}
          label="Settings"
          leftSection={<IconSettings size={20} stroke={1.7} aria-hidden />}
          active={pathname.startsWith(paths.settings(id))}
          className={classes.room}
        />
      </div>
    </div>
  );
}
