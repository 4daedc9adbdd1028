/** Uploads and jobs at work, and what ended lately. */

import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Job, keys, listJobs } from '@/api';
import { paths } from '@/lib/paths';
import { formatSize } from '@/lib/time';
import { RelativeTime } from '@/ui';
import type { UploadProgress } from '../uploads';
import { useWorkspace } from '../workspace';
import { describeJobKind, describeStage, getJobShare, isActive } from './describeJob';

interface JobListProps {
  uploads: readonly UploadProgress[];
  activeJobs: readonly Job[];
  onLeave: () => void;
}

interface RowProps {
  title: string;
  to: string | null;
  detail: string;
  share: number | null;
  onLeave: () => void;
}

function Row({ title, to, detail, share, onLeave }: RowProps) {
  return (
    <div>
      {to ? (
        <Anchor component={Link} to={to} onClick={onLeave} size="sm" fw={550} lineClamp={1}>
          {title}
        </Anchor>
      ) : (
        <Text size="sm" fw={550} lineClamp={1}>
          {title}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
      {share === null ? null : (
        <Progress value={share * 100} size="xs" mt={4} aria-label={`${title}: progress`} />
      )}
    </div>
  );
}

function EndedJob({ job, to, onLeave }: { job: Job; to: string | null; onLeave: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" align="baseline">
      <Row
        title={job.title || describeJobKind(job.kind)}
        to={to}
        detail={`${describeJobKind(job.kind)}: ${describeStage(job)}`}
        share={null}
        onLeave={onLeave}
      />
      <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
        <RelativeTime time={job.finished_at ?? job.created_at} />
      </Text>
    </Group>
  );
}

export function JobList({ uploads, activeJobs, onLeave }: JobListProps) {
  const { id } = useWorkspace();
  const recent = useQuery({
    queryKey: [...keys.jobs(id), 'recent', activeJobs.length],
    queryFn: () => listJobs(id),
  });
  const ended = (recent.data?.results ?? [])
    .filter((job) => !isActive(job) && job.kind !== 'reindex')
    .slice(0, 5);
  const linkOf = (job: Job) => (job.session_id ? paths.session(id, job.session_id) : null);
  const isIdle = uploads.length + activeJobs.length === 0;
  return (
    <Stack gap="sm">
      {isIdle ? (
        <Text size="sm">
          Nothing is at work. Recordings you add are prepared and transcribed here.
        </Text>
      ) : null}
      {uploads.map((upload) => (
        <Row
          key={upload.key}
          title={upload.fileName}
          to={paths.session(id, upload.sessionId)}
          detail={`Uploading ${formatSize(upload.sentBytes)} of ${formatSize(upload.sizeBytes)}`}
          share={upload.sizeBytes ? upload.sentBytes / upload.sizeBytes : null}
          onLeave={onLeave}
        />
      ))}
      {activeJobs.map((job) => (
        <Row
          key={job.id}
          title={job.title || describeJobKind(job.kind)}
          to={linkOf(job)}
          detail={`${describeJobKind(job.kind)}: ${describeStage(job)}`}
          share={getJobShare(job)}
          onLeave={onLeave}
        />
      ))}
      {ended.length ? (
        <>
          <Text size="xs" fw={600} c="dimmed">
            Lately
          </Text>
          {ended.map((job) => (
            <EndedJob key={job.id} job={job} to={linkOf(job)} onLeave={onLeave} />
          ))}
        </>
      ) : null}
    </Stack>
  );
}
