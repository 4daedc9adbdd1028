/** The sessions of a study and where each of them is on its way to text. */

import { Loader, Table, Text } from '@mantine/core';
import { IconAlertCircle, IconPlayerPause } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Session } from '@/api';
import { useSessionUpload } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { getSessionKindName } from '@/lib/sessionKinds';
import { formatCount, formatPerson } from '@/lib/text';
import { formatDay, formatDuration } from '@/lib/time';
import classes from './SessionTable.module.css';

const STATE_WORDS: Record<Session['state'], string> = {
  empty: 'No recording yet',
  uploading: 'Upload paused',
  waiting: 'Waiting its turn',
  preparing: 'Preparing',
  transcribing: 'Transcribing',
  ready: 'Ready',
  failed: 'Needs a look',
};

const STATES_AT_WORK = ['waiting', 'preparing', 'transcribing'];

export function isAtWork(session: Session): boolean {
  return session.state === 'uploading' || STATES_AT_WORK.includes(session.state);
}

function SessionState({ session }: { session: Session }) {
  const upload = useSessionUpload(session.id);
  if (upload?.state === 'sending') {
    const share = upload.sizeBytes ? Math.floor((upload.sentBytes / upload.sizeBytes) * 100) : 0;
    return (
      <span className={classes.state}>
        <Loader size={14} aria-hidden /> Uploading {share} %
      </span>
    );
  }
  return (
    <span className={classes.state} data-state={session.state}>
      {STATES_AT_WORK.includes(session.state) ? <Loader size={14} aria-hidden /> : null}
      {session.state === 'failed' ? <IconAlertCircle size={16} aria-hidden /> : null}
      {session.state === 'uploading' ? <IconPlayerPause size={15} aria-hidden /> : null}
      {STATE_WORDS[session.state]}
    </span>
  );
}

function Row({ session }: { session: Session }) {
  const { id } = useWorkspace();
  return (
    <Table.Tr>
      <Table.Td className={classes.title}>
        <Link to={paths.session(id, session.id)} className={classes.link}>
          {session.title}
        </Link>
        <Text size="xs" c="dimmed">
          {getSessionKindName(session.kind)}
          {session.held_on ? ` · ${formatDay(session.held_on)}` : ''}
          <span className={classes.narrow}>
            {session.duration_ms === null ? '' : ` · ${formatDuration(session.duration_ms)}`}
            {session.excerpt_count > 0 ? ` · ${formatCount(session.excerpt_count, 'excerpt')}` : ''}
            {session.participants.length > 0 ? <br /> : null}
            {session.participants.map(formatPerson).join(', ')}
          </span>
        </Text>
        {session.state === 'ready' ? null : (
          <span className={classes.narrow}>
            <SessionState session={session} />
          </span>
        )}
      </Table.Td>
      <Table.Td className={classes.wide}>
        {session.participants.map(formatPerson).join(', ') || '–'}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.wide}`}>
        {session.duration_ms === null ? '–' : formatDuration(session.duration_ms)}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.wide}`}>{session.excerpt_count}</Table.Td>
      <Table.Td className={classes.wide}>
        <SessionState session={session} />
      </Table.Td>
    </Table.Tr>
  );
}

export function SessionTable({ sessions }: { sessions: Session[] }) {
  return (
    <Table verticalSpacing="sm" highlightOnHover className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Session</Table.Th>
          <Table.Th className={classes.wide}>Participants</Table.Th>
          <Table.Th className={`${classes.number} ${classes.wide}`}>Length</Table.Th>
          <Table.Th className={`${classes.number} ${classes.wide}`}>Excerpts</Table.Th>
          <Table.Th className={classes.wide}>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sessions.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </Table.Tbody>
    </Table>
  );
}
