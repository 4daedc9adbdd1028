/** Room for recordings, and the model that transcribes them. */

import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readStorage } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatSize } from '@/lib/time';
import { ErrorNotice, Loading } from '@/ui';
import { Section } from './Section';

export function StorageSection() {
  const { id } = useWorkspace();
  const { data, error, refetch } = useQuery({
    queryKey: [id, 'storage'],
    queryFn: () => readStorage(id),
  });
  return (
    <Section
      id="storage"
      title="Recordings and speech"
      description="Recordings stay on this machine. The quota and the speech model are settings of the installation; its operator changes them."
    >
      {data ? (
        <>
          <Progress
            value={(data.used_bytes / Math.max(1, data.quota_bytes)) * 100}
            aria-label="Storage used"
            maw={420}
          />
          <Text size="sm" mt={6}>
            {formatSize(data.used_bytes)} of {formatSize(data.quota_bytes)} used. One recording may
            have up to {formatSize(data.upload_maximum_bytes)}.
          </Text>
          <Text size="sm" mt={6}>
            Speech model: <strong>{data.speech_model}</strong>
          </Text>
        </>
      ) : null}
      {error && !data ? (
        <ErrorNotice
          title="The storage could not be read."
          error={error}
          onRetry={() => void refetch()}
        />
      ) : null}
      {!data && !error ? <Loading label="Loading storage" rows={1} /> : null}
    </Section>
  );
}
