/** The rail at the left, or the bar at the bottom of a narrow screen. */

import { NavLink, UnstyledButton } from '@mantine/core';
import {
  IconBulb,
  IconDots,
  IconFolders,
  IconKeyboard,
  IconNote,
  IconPlaylist,
  IconSearch,
  IconTags,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
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
    { label: 'Memos', to: paths.memos(id), Icon: IconNote, alsoAt: [] },
  ];
}

type Room = ReturnType<typeof useRooms>[number];

/** How many rooms have a place of their own on a narrow screen. */
const ROOMS_ON_THE_BAR = 4;

function isAt(pathname: string, { to, alsoAt }: Room): boolean {
  return [to, ...alsoAt].some((address) => pathname.startsWith(address));
}

function Rooms({ rooms, isOnBar = false }: { rooms: Room[]; isOnBar?: boolean }) {
  const { pathname } = useLocation();
  return (
    <div className={`${classes.rooms} ${isOnBar ? classes.bar : ''}`}>
      {rooms.map((room) => {
        const isHere = isAt(pathname, room);
        return (
          <NavLink
            key={room.to}
            component={Link}
            to={room.to}
            label={room.label}
            leftSection={<room.Icon size={20} stroke={1.7} aria-hidden />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            className={`${classes.room} ${isOnBar ? classes.onBar : ''}`}
          />
        );
      })}
    </div>
  );
}

/** Whether the sheet of a narrow screen is open: until one goes elsewhere or presses Escape. */
function useSheet() {
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = openAt === pathname;
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      // A list that was opened from the sheet closes first.
      const isInList =
        event.target instanceof Element && event.target.closest('[role=dialog], [role=menu]');
      if (event.key === 'Escape' && !isInList) setOpenAt(null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen]);
  return {
    isOpen,
    close: () => setOpenAt(null),
    toggle: () => setOpenAt(isOpen ? null : pathname),
  };
}

export function Rail() {
  const { id } = useWorkspace();
  const rooms = useRooms();
  const { pathname } = useLocation();
  const sheet = useSheet();
  const others = rooms.slice(ROOMS_ON_THE_BAR);
  return (
    <nav className={classes.rail} aria-label="Main">
      <UnstyledButton component={Link} to={paths.workspace(id)} className={classes.brand}>
        <Wordmark />
      </UnstyledButton>
      <Rooms rooms={rooms.slice(0, ROOMS_ON_THE_BAR)} isOnBar />
      {sheet.isOpen ? (
        // Whoever can't point closes the sheet by Escape or by the button that opened it.
        <div className={classes.backdrop} onClick={sheet.close} aria-hidden />
      ) : null}
      <div className={classes.rest} id="more-rooms" data-is-open={sheet.isOpen || undefined}>
        <Rooms rooms={others} />
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
      </div>
      <NavLink
        component="button"
        label="More"
        leftSection={<IconDots size={20} stroke={1.7} aria-hidden />}
        active={sheet.isOpen || others.some((room) => isAt(pathname, room))}
        aria-expanded={sheet.isOpen}
        aria-controls="more-rooms"
        onClick={sheet.toggle}
        className={`${classes.room} ${classes.onBar} ${classes.more}`}
      />
    </nav>
  );
}
