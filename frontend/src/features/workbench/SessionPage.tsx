/** A session: its recording on the way to text, then the workbench. */

import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Excerpt, SessionDetail, Source } from '@/api';
import { isActive } from '@/app/jobs';
import { useSessionUpload } from '@/app/uploads';
import { isTranscript } from '@/lib/recordings';
import { ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { EmptySession } from './EmptySession';
import { TranscriptDrop } from './exchange/AddTranscript';
import { ImportProgress } from './exchange/ImportProgress';
import { SessionHeader } from './SessionHeader';
import { StageList, useLeftJobs } from './StageList';
import { findLatestRecording, findSpeaking, getStages, isWorthShowing } from './stages';
import { useFreshText, useSession, useSessionExcerpts, useTranscript } from './useSessionData';
import { WorkbenchView } from './WorkbenchView';

function SourceChoice(props: { sources: Source[]; value: string; onChange: (id: string) => void }) {
  const { sources, value, onChange } = props;
  if (sources.length < 2) return null;
  return (
    <SegmentedControl
      aria-label="Which source to read"
      data={sources.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
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
  const [chosenId, setChosenId] = useState('');
  const upload = useSessionUpload(session.id);
  const excerpts = useSessionExcerpts(session.id);
  const [search] = useSearchParams();
  const linked = excerpts.data?.find((one) => one.id === search.get('excerpt'));
  const wantedId = chosenId || linked?.source_id || search.get('source');
  const source =
    session.sources.find((one) => one.id === wantedId) ??
    findLatestRecording(session) ??
    session.sources[0];
  const transcript = useTranscript(source, session.jobs.some(isActive));
  useFreshText(session);
  const isEmpty = !source && !upload && session.uploads.length === 0;
  const top = (
    <Stack gap="md">
      <SourceChoice sources={session.sources} value={source?.id ?? ''} onChange={setChosenId} />
      <Stages session={session} />
      <ImportProgress session={session} />
      {source ? <TranscriptDrop sessionId={session.id} sourceId={source.id} /> : null}
    </Stack>
  );
  if (source?.transcript && transcript.data) {
    return (
      <WorkbenchView
        key={source.id}
        session={session}
        source={source}
        transcript={transcript.data}
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
        {transcript.error ? (
          <ErrorNotice
            title="The text could not be loaded."
            error={transcript.error}
            onRetry={() => void transcript.refetch()}
          />
        ) : null}
        {source?.transcript && transcript.isPending ? <Loading label="Loading the text" /> : null}
      </Stack>
    </PageBody>
  );
}

export function SessionPage() {
  const { sessionId = '' } = useParams();
  const { data, error, refetch } = useSession(sessionId);
  if (data) return <SessionContent key={sessionId} session={data} />;
  return (
    <PageBody>
      <PageHeader title="Session" />
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
