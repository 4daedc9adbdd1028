/** One study: its questions, its sessions, the people heard. */

import { ActionIcon, Alert, Badge, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconMicrophone, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import {
  deleteStudy,
  keys,
  listParticipants,
  listSessions,
  readStudy,
  restoreStudy,
  type Study,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { MemoSection } from '@/features/memos';
import { paths } from '@/lib/paths';
import { ACCEPTED_FILES } from '@/lib/recordings';
import {
  ChooseFileButton,
  EmptyState,
  ErrorNotice,
  Loading,
  notifyFailure,
  notifyWithUndo,
  PageBody,
  PageDrop,
  PageHeader,
} from '@/ui';
import { ParticipantTable } from './ParticipantTable';
import { SessionDialog } from './SessionDialog';
import { isAtWork, SessionTable } from './SessionTable';
import { StudyFacts } from './StudyCard';
import { StudyDialog } from './StudyDialog';
import { StudyGlossary } from './StudyGlossary';
import { StudyQuestions } from './StudyQuestions';
import { type FileFault, useAddFiles } from './useAddFiles';

function useDeleteStudy(study: Study) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => client.invalidateQueries({ queryKey: keys.all(id) });
  return async () => {
    try {
      await deleteStudy(id, study.id);
    } catch (error) {
      notifyFailure('The study was not deleted.', error);
      return;
    }
    void navigate(paths.studies(id));
    void refresh();
    notifyWithUndo({
      message: `“${study.title}” was deleted.`,
      onUndo: () =>
        restoreStudy(id, study.id)
          .then(refresh)
          .catch((error) => notifyFailure('The study was not brought back.', error)),
    });
  };
}

function StudyMenu({ study, onEdit }: { study: Study; onEdit: () => void }) {
  const remove = useDeleteStudy(study);
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More for this study">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          Change name and questions
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>
          Delete this study
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function FaultNotice({ faults, onClose }: { faults: FileFault[]; onClose: () => void }) {
  if (faults.length === 0) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
      title={
        faults.length === 1 ? 'One file was not added' : `${faults.length} files were not added`
      }
      mb="md"
      styles={{ title: { color: 'var(--mantine-color-error)' } }}
    >
      {faults.map((fault) => (
        <Text key={fault.fileName} size="sm">
          {fault.message}
        </Text>
      ))}
    </Alert>
  );
}

function useStudyData(studyId: string) {
  const { id } = useWorkspace();
  return {
    study: useQuery({
      queryKey: keys.study(id, studyId),
      queryFn: () => readStudy(id, studyId),
    }),
    sessions: useQuery({
      queryKey: keys.sessions(id, studyId),
      queryFn: () => listSessions(id, { study: studyId, page_size: 200 }),
      refetchInterval: ({ state }) => (state.data?.results.some(isAtWork) ? 2000 : 15_000),
    }),
    participants: useQuery({
      queryKey: keys.participants(id, studyId),
      queryFn: () => listParticipants(id, { study: studyId }),
    }),
  };
}

function Sessions({ studyId, data }: { studyId: string; data: ReturnType<typeof useStudyData> }) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.may_edit_research;
  const { addFiles, faults, clearFaults } = useAddFiles(studyId);
  const { sessions } = data;
  const takeFiles = (files: File[]) => void addFiles(files);
  return (
    <section aria-labelledby="sessions">
      <PageDrop
        invitation="Drop to add a session for each file"
        isDisabled={!mayEdit}
        onFiles={takeFiles}
      />
      <Title order={2} id="sessions" mb="xs">
        Sessions
      </Title>
      <FaultNotice faults={faults} onClose={clearFaults} />
      {sessions.data?.results.length ? <SessionTable sessions={sessions.data.results} /> : null}
      {sessions.data?.results.length && mayEdit ? (
        <Text size="sm" c="dimmed" mt="xs" visibleFrom="sm">
          Drop recordings or transcripts anywhere on this page to add a session for each.
        </Text>
      ) : null}
      {sessions.data?.results.length === 0 ? (
        <EmptyState
          icon={<IconMicrophone size={40} stroke={1.3} />}
          title="Nothing was heard yet"
          action={
            mayEdit ? (
              <ChooseFileButton accept={ACCEPTED_FILES} isMultiple onFiles={takeFiles}>
                Choose files
              </ChooseFileButton>
            ) : null
          }
        >
          {mayEdit
            ? 'Drop recordings anywhere on this page: each becomes a session and is transcribed here, on this machine. Transcripts made elsewhere will do as well.'
            : 'As soon as a researcher adds a recording, it appears here.'}
        </EmptyState>
      ) : null}
      {sessions.error && !sessions.data ? (
        <ErrorNotice
          title="The sessions could not be loaded."
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      ) : null}
      {sessions.isPending ? <Loading label="Loading sessions" rowHeight={48} /> : null}
    </section>
  );
}

/** What the address names is shown as soon as it is there: participants come after the page. */
function showIfNamed(node: HTMLElement | null) {
  if (node && window.location.hash === `#${node.id}`) node.scrollIntoView();
}

function StudyContent({ study, data }: { study: Study; data: ReturnType<typeof useStudyData> }) {
  const { id, permissions } = useWorkspace();
  const [isEditing, editing] = useDisclosure();
  const [isCreating, creating] = useDisclosure();
  const participants = data.participants.data?.results ?? [];
  return (
    <PageBody>
      <PageHeader
        title={study.title}
        trail={[{ label: 'Studies', to: paths.studies(id) }]}
        description={
          <>
            {study.description ? <p style={{ margin: '0 0 6px' }}>{study.description}</p> : null}
            <Group gap="xs">
              {study.is_sample ? (
                <Badge variant="default" size="sm" tt="none" fw={550}>
                  Sample: its voices are synthesised
                </Badge>
              ) : null}
              <StudyFacts study={study} />
            </Group>
          </>
        }
        action={
          permissions.may_edit_research ? (
            <>
              <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={creating.open}>
                New session
              </Button>
              <StudyMenu study={study} onEdit={editing.open} />
            </>
          ) : null
        }
      />
      <Stack gap={32} mt="lg">
        <StudyQuestions study={study} />
        <Sessions studyId={study.id} data={data} />
        {participants.length ? (
          <section aria-labelledby="participants">
            <Title order={2} id="participants" mb="xs" ref={showIfNamed}>
              People heard
            </Title>
            <ParticipantTable participants={participants} />
          </section>
        ) : null}
        <StudyGlossary studyId={study.id} />
        <MemoSection
          subject={{ kind: 'study', id: study.id }}
          invitation="What to ask next, whom to talk to, what surprised you. Memos on sessions and excerpts gather under Memos in the menu."
        />
      </Stack>
      {isEditing ? <StudyDialog study={study} onClose={editing.close} /> : null}
      {isCreating ? (
        <SessionDialog studyId={study.id} participants={participants} onClose={creating.close} />
      ) : null}
    </PageBody>
  );
}

export function StudyPage() {
  const { id } = useWorkspace();
  const { studyId = '' } = useParams();
  const data = useStudyData(studyId);
  const { study } = data;
  if (study.data) return <StudyContent study={study.data} data={data} />;
  return (
    <PageBody>
      <PageHeader title="Study" trail={[{ label: 'Studies', to: paths.studies(id) }]} />
      {study.error ? (
        <ErrorNotice
          title="This study could not be opened."
          error={study.error}
          onRetry={() => void study.refetch()}
        />
      ) : (
        <Loading label="Loading the study" />
      )}
    </PageBody>
  );
}
