/** The rail at the left, or the bar at the bottom of a narrow screen. */

import { NavLink, UnstyledButton } from '@mantine/core';
import {
  IconBulb,
  IconFolders,
  IconKeyboard,
  IconNote,
  IconPlaylist,
  IconSearch,
  IconTags,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { MentionBell } from '@/features/memos';
import { paths } from '@/lib/paths';
import { Wordmark } from '@/ui';
import { JobRing } from '../jobs';
import { openKeysHelp } from '../keysHelp';
import { useWorkspace } from '../workspace';
import { MyMenu } from './MyMenu';
import classes from './Rail.module.css';

export function useRooms() {
  const { id } = useWorkspace();
  return [
    {
      label: 'Search',
      to: paths.search(id),
      Icon: IconSearch,
      alsoAt: [paths.questions(id), `${paths.workspace(id)}/digests/`],
    },
    {
      label: 'Studies',
      to: paths.studies(id),
      Icon: IconFolders,
      alsoAt: [`${paths.workspace(id)}/sessions/`],
    },
    { label: 'Personas', to: paths.personas(id), Icon: IconUsers, alsoAt: [] },
    { label: 'Insights', to: paths.insights(id), Icon: IconBulb, alsoAt: [] },
    { label: 'Codebook', to: paths.codebook(id), Icon: IconTags, alsoAt: [] },
    { label: 'Reels', to: paths.reels(id), Icon: IconPlaylist, alsoAt: [] },
    // On narrow screens the list of mentions leads there.
    { label: 'Memos', to: paths.memos(id), Icon: IconNote, alsoAt: [], isWideOnly: true },
  ];
}

function Rooms() {
  const { pathname } = useLocation();
  return (
    <div className={classes.rooms}>
      {useRooms().map(({ label, to, Icon, alsoAt, isWideOnly }) => {
        const isHere = [to, ...alsoAt].some((address) => pathname.startsWith(address));
        return (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={label}
            leftSection={<Icon size={20} stroke={1.7} aria-hidden />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            className={`${classes.room} ${isWideOnly ? classes.wideOnly : ''}`}
          />
        );
      })}
    </div>
  );
}

export function Rail() {
  const { id } = useWorkspace();
  return (
    <nav className={classes.rail} aria-label="Main">
      <UnstyledButton component={Link} to={paths.workspace(id)} className={classes.brand}>
        <Wordmark />
      </UnstyledButton>
      <Rooms />
      <div className={classes.foot}>
        <MentionBell className={classes.room} />
        <JobRing className={classes.room} />
        <NavLink
          component="button"
          label="Keys"
          leftSection={<IconKeyboard size={20} stroke={1.7} aria-hidden />}
          onClick={openKeysHelp}
          className={`${classes.room} ${classes.wideOnly}`}
        />
        <MyMenu className={classes.room} />
      </div>
    </nav>
  );
}
