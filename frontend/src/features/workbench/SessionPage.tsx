/** A session: its recording on the way to text, then the workbench. */

import { Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Excerpt, SessionDetail, Source } from '@/api';
import { isActive } from '@/app/jobs';
import { useSessionUpload } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { isTranscript } from '@/lib/recordings';
import { ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { EmptySession } from './EmptySession';
import { TranscriptDrop } from './exchange/AddTranscript';
import { ImportProgress } from './exchange/ImportProgress';
import { NotesOpeningContext, useNotesOpening } from './notes/opening';
import { EditNotes, NewNotes } from './notes/WriteNotes';
import { withoutTimes } from './playing/closedRecording';
import { SessionHeader } from './SessionHeader';
import { StageList, useLeftJobs } from './StageList';
import { findLatestRecording, findSpeaking, getStages, isWorthShowing } from './stages';
import { isInBeginning } from './useOpeningText';
import {
  useFreshText,
  useSession,
  useSessionExcerpts,
  useSessionOpening,
  useShownTranscript,
  useTranscript,
} from './useSessionData';
import { WorkbenchView } from './WorkbenchView';

export { beginAt, beginFromLink } from './beginSession';

function SourceChoice(props: { sources: Source[]; value: string; onChange: (id: string) => void }) {
  const { sources, value, onChange } = props;
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  if (sources.length < 2) return null;
  const data = sources.map(({ id, name }) => ({ value: id, label: name }));
  if (isWide && sources.length < 4) {
    return (
      <SegmentedControl
        aria-label="Which source to read"
        data={data}
        value={value}
        onChange={onChange}
      />
    );
  }
  return (
    <Select
      aria-label="Which source to read"
      data={data}
      value={value}
      allowDeselect={false}
      maw={420}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

function EditNotesButton({ source }: { source: Source | undefined }) {
  const notes = useNotesOpening();
  if (!notes || source?.kind !== 'text' || !source.transcript || source.withdrawn.length)
    return null;
  // A transcript made elsewhere has turns and times, which notes have not: it is edited in its place.
  if (source.imported_files.length > 0) return null;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPencil size={14} aria-hidden />}
      onClick={() => notes.edit(source.id)}
    >
      Edit the notes
    </Button>
  );
}

/** What is being written instead of read: new notes (''), or those of a source. */
function useNotesPage() {
  const [writing, setWriting] = useState<string | null>(null);
  const { permissions } = useWorkspace();
  const mayWrite = permissions.may_edit_research;
  const opening = useMemo(
    () => (mayWrite ? { writeNew: () => setWriting(''), edit: setWriting } : null),
    [mayWrite],
  );
  return { writing, opening, close: () => setWriting(null) };
}

function Stages({ session }: { session: SessionDetail }) {
  const own = useSessionUpload(session.id);
  // Transcripts on their way in are told of beside the recording's stages.
  const upload = own && !isTranscript({ name: own.fileName }) ? own : undefined;
  const stages = getStages(session, upload);
  const { left } = useLeftJobs();
  const speaking = findSpeaking(stages);
  const isLeft = speaking?.state === 'cancelled' && left.includes(speaking.job?.id ?? '');
  if (!isWorthShowing(stages) || isLeft) return null;
  return <StageList session={session} stages={stages} upload={upload} />;
}

const NO_EXCERPTS: Excerpt[] = [];

function SessionContent({ session }: { session: SessionDetail }) {
  const { writing, opening, close } = useNotesPage();
  const [chosenId, setChosenId] = useState('');
  if (writing === null) {
    return (
      <NotesOpeningContext value={opening}>
        <SessionSources session={session} chosenId={chosenId} onChoose={setChosenId} />
      </NotesOpeningContext>
    );
  }
  const onSaved = (sourceId: string) => {
    setChosenId(sourceId);
    close();
  };
  return (
    <PageBody>
      <SessionHeader session={session} />
      <Stack mt="lg">
        {writing === '' ? (
          <NewNotes sessionId={session.id} onSaved={onSaved} onClose={close} />
        ) : (
          <EditNotes sessionId={session.id} sourceId={writing} onSaved={onSaved} onClose={close} />
        )}
      </Stack>
    </PageBody>
  );
}

interface SessionSourcesProps {
  session: SessionDetail;
  /** The source somebody chose to read; empty for the usual one. */
  chosenId: string;
  onChoose: (sourceId: string) => void;
}

function SessionSources({ session, chosenId, onChoose }: SessionSourcesProps) {
  const upload = useSessionUpload(session.id);
  const excerpts = useSessionExcerpts(session.id);
  const [search] = useSearchParams();
  const linked = excerpts.data?.find((one) => one.id === search.get('excerpt'));
  const wantedId = chosenId || linked?.source_id || search.get('source');
  const source =
    session.sources.find((one) => one.id === wantedId) ??
    findLatestRecording(session) ??
    session.sources[0];
  const transcript = useTranscript(session.id, source, session.jobs.some(isActive));
  const read = useShownTranscript(transcript.data);
  const isMute = source?.is_closed || !source?.media;
  const text = useMemo(() => (isMute && read ? withoutTimes(read) : read), [isMute, read]);
  const isMissingRest = text?.known_to !== undefined;
  const canBegin = text && (!isMissingRest || isInBeginning(text.segments, search));
  useFreshText(session);
  const isEmpty = !source && !upload && session.uploads.length === 0;
  const top = (
    <Stack gap="md">
      <Group gap="sm">
        <SourceChoice sources={session.sources} value={source?.id ?? ''} onChange={onChoose} />
        <EditNotesButton source={source} />
      </Group>
      <Stages session={session} />
      <ImportProgress session={session} />
      {isMissingRest && transcript.error ? (
        <ErrorNotice
          title="Only the beginning of the text could be loaded."
          error={transcript.error}
          onRetry={() => void transcript.refetch()}
        />
      ) : null}
      {source && !source.is_closed ? (
        <TranscriptDrop sessionId={session.id} sourceId={source.id} />
      ) : null}
    </Stack>
  );
  if (source?.transcript && canBegin) {
    return (
      <WorkbenchView
        key={source.id}
        session={session}
        source={source}
        transcript={text}
        excerpts={excerpts.data ?? NO_EXCERPTS}
        top={top}
      />
    );
  }
  return (
    <PageBody>
      <SessionHeader session={session} />
      <Stack gap="md" mt="md">
        {top}
        {isEmpty ? <EmptySession sessionId={session.id} /> : null}
        {transcript.error && !isMissingRest ? (
          <ErrorNotice
            title="The text could not be loaded."
            error={transcript.error}
            onRetry={() => void transcript.refetch()}
          />
        ) : null}
        {source?.transcript && !transcript.error ? <Loading label="Loading the text" /> : null}
      </Stack>
    </PageBody>
  );
}

export function SessionPage() {
  const { id } = useWorkspace();
  const { sessionId = '' } = useParams();
  const { data, error, refetch } = useSession(sessionId);
  useSessionOpening(sessionId);
  if (data) return <SessionContent key={sessionId} session={data} />;
  return (
    <PageBody>
      <PageHeader title="Session" trail={[{ label: 'Studies', to: paths.studies(id) }]} />
      {error ? (
        <ErrorNotice
          title="This session could not be opened."
          error={error}
          onRetry={() => void refetch()}
        />
      ) : (
        <Loading label="Loading the session" rows={6} />
      )}
    </PageBody>
  );
}
