/** Top of the session page: where it belongs, what it was, what can be done with it. */

import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconFileImport, IconNotes, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { deleteSession, keys, restoreSession, type SessionDetail } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { getSessionKindName } from '@/lib/sessionKinds';
import { formatPerson } from '@/lib/text';
import { formatDay, formatDuration } from '@/lib/time';
import { notifyFailure, notifyWithUndo, PageHeader } from '@/ui';
import { useTranscriptDialog } from './exchange/AddTranscript';
import { useNotesOpening } from './notes/opening';
import { SessionDetailsDialog } from './SessionDetailsDialog';
import { findLatestRecording } from './stages';

function useDeleteSession(session: SessionDetail) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => client.invalidateQueries({ queryKey: keys.all(id) });
  return async () => {
    try {
      await deleteSession(id, session.id);
    } catch (error) {
      notifyFailure('The session was not deleted.', error);
      return;
    }
    void navigate(paths.study(id, session.study_id));
    void refresh();
    notifyWithUndo({
      message: `“${session.title}” was deleted.`,
      onUndo: () =>
        restoreSession(id, session.id)
          .then(refresh)
          .catch((error) => notifyFailure('The session was not brought back.', error)),
    });
  };
}

function SessionMenu({ session }: { session: SessionDetail }) {
  const [isEditing, editing] = useDisclosure();
  const remove = useDeleteSession(session);
  const recording = findLatestRecording(session);
  const notes = useNotesOpening();
  const mayAddText = recording && !recording.is_closed;
  const transcriptDialog = useTranscriptDialog({
    sessionId: session.id,
    sourceId: recording?.id ?? '',
  });
  return (
    <>
      {mayAddText ? transcriptDialog.input : null}
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More for this session">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={editing.open}>
            Details and participants
          </Menu.Item>
          {notes ? (
            <Menu.Item leftSection={<IconNotes size={16} aria-hidden />} onClick={notes.writeNew}>
              Write field notes
            </Menu.Item>
          ) : null}
          {mayAddText ? (
            <Menu.Item
              leftSection={<IconFileImport size={16} aria-hidden />}
              onClick={transcriptDialog.open}
            >
              Add a transcript made elsewhere
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove()}
          >
            Delete this session
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isEditing ? <SessionDetailsDialog session={session} onClose={editing.close} /> : null}
    </>
  );
}

function describeSession(session: SessionDetail): string {
  const facts = [getSessionKindName(session.kind)];
  if (session.held_on) facts.push(formatDay(session.held_on));
  if (session.participants.length) facts.push(session.participants.map(formatPerson).join(', '));
  if (session.duration_ms !== null) facts.push(formatDuration(session.duration_ms));
  return facts.join(' · ');
}

interface SessionHeaderProps {
  session: SessionDetail;
  action?: React.ReactNode;
}

export function SessionHeader({ session, action }: SessionHeaderProps) {
  const { id, permissions } = useWorkspace();
  return (
    <PageHeader
      title={session.title}
      trail={[
        { label: 'Studies', to: paths.studies(id) },
        { label: session.study_title, to: paths.study(id, session.study_id) },
      ]}
      description={describeSession(session)}
      action={
        <>
          {action}
          {permissions.may_edit_research ? <SessionMenu session={session} /> : null}
        </>
      }
    />
  );
}
