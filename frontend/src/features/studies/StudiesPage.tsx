/** All studies of the workspace, as cards. */

import { Button, SimpleGrid } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFolders, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { keys, listStudies, type Study } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { StudyCard } from './StudyCard';
import { StudyDialog } from './StudyDialog';

function StudyGrid({ studies, onCreate }: { studies: Study[]; onCreate?: () => void }) {
  if (studies.length === 0) {
    return (
      <EmptyState
        icon={<IconFolders size={40} stroke={1.3} />}
        title="No study yet"
        action={onCreate ? <Button onClick={onCreate}>Start a study</Button> : null}
      >
        A study holds what you want to find out and the sessions in which you listened: interviews,
        focus groups, field notes, complaints.
      </EmptyState>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" component="ul" p={0} m={0}>
      {studies.map((study) => (
        <StudyCard key={study.id} study={study} />
      ))}
    </SimpleGrid>
  );
}

export function StudiesPage() {
  const { id, permissions } = useWorkspace();
  const [isDialogOpen, dialog] = useDisclosure();
  const { data, error, refetch } = useQuery({
    queryKey: keys.studies(id),
    queryFn: () => listStudies(id),
  });
  const onCreate = permissions.may_edit_research ? dialog.open : undefined;
  return (
    <PageBody>
      <PageHeader
        title="Studies"
        description="Each study asks something, and holds the sessions that answer it."
        action={
          onCreate ? (
            <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={onCreate}>
              New study
            </Button>
          ) : null
        }
      />
      <div style={{ marginTop: 24 }}>
        {data ? <StudyGrid studies={data.results} onCreate={onCreate} /> : null}
        {error && !data ? (
          <ErrorNotice
            title="The studies could not be loaded."
            error={error}
            onRetry={() => void refetch()}
          />
        ) : null}
        {!data && !error ? <Loading label="Loading studies" rows={3} rowHeight={150} /> : null}
      </div>
      {isDialogOpen ? <StudyDialog onClose={dialog.close} /> : null}
    </PageBody>
  );
}
