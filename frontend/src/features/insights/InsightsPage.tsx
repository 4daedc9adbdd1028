/** All insights, on a board by the four A's or as a list. */

import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { keys, listInsights, listPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { Board } from './Board';
import { InsightList } from './InsightList';
import { NewInsightDialog } from './NewInsightDialog';

type View = 'board' | 'list';

function useInsightsAddress() {
  const [address, setAddress] = useSearchParams();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    setAddress(next, { replace: true });
  };
  return {
    view: (address.get('view') === 'list' ? 'list' : 'board') as View,
    personaId: address.get('persona') ?? '',
    setView: (view: string) => set('view', view === 'list' ? view : ''),
    setPersona: (personaId: string | null) => set('persona', personaId ?? ''),
  };
}

type Address = ReturnType<typeof useInsightsAddress>;

function Filters({ address }: { address: Address }) {
  const { id } = useWorkspace();
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const choices = personas.data?.results ?? [];
  return (
    <Group mt="md" mb="md" gap="sm">
      <SegmentedControl
        aria-label="How insights are shown"
        value={address.view}
        onChange={address.setView}
        data={[
          { value: 'board', label: 'Board' },
          { value: 'list', label: 'List' },
        ]}
      />
      <Select
        aria-label="Persona the insights are about"
        w={220}
        data={[
          { value: '', label: 'About anyone' },
          ...choices.map(({ id: value, name }) => ({ value, label: `About ${name}` })),
        ]}
        value={address.personaId}
        onChange={address.setPersona}
        allowDeselect={false}
      />
    </Group>
  );
}

function NoInsights({ newButton }: { newButton: React.ReactNode }) {
  const { id } = useWorkspace();
  return (
    <EmptyState
      icon={<IconBulb size={40} stroke={1.4} />}
      title="No insights yet"
      action={
        <Group justify="center">
          <Button component={Link} to={paths.search(id)} variant="default">
            Search the evidence
          </Button>
          {newButton}
        </Group>
      }
    >
      An insight is one sentence with the voices for and against it. Search for what people said,
      select a few excerpts, and choose “Add to insight”.
    </EmptyState>
  );
}

export function InsightsPage() {
  const { id, permissions } = useWorkspace();
  const [isWriting, { open, close }] = useDisclosure(false);
  const address = useInsightsAddress();
  const filters = address.personaId ? { persona: address.personaId } : {};
  const insights = useQuery({
    queryKey: [...keys.insights(id), 'list', filters],
    queryFn: () => listInsights(id, filters),
    placeholderData: keepPreviousData,
  });
  const newButton = permissions.may_write_insights ? (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={open}>
      New insight
    </Button>
  ) : null;
  const rows = insights.data?.results;
  const hasNone = rows?.length === 0 && !address.personaId;
  return (
    <PageBody>
      <PageHeader
        title="Insights"
        description="What the evidence says, and how far the team has come with it."
        action={newButton}
      />
      {insights.error && !rows ? (
        <ErrorNotice error={insights.error} onRetry={() => void insights.refetch()} />
      ) : null}
      {insights.isPending ? <Loading label="Loading insights" rowHeight={90} /> : null}
      {hasNone ? <NoInsights newButton={newButton} /> : null}
      {rows && !hasNone ? (
        <>
          <Filters address={address} />
          {address.view === 'list' ? <InsightList insights={rows} /> : <Board insights={rows} />}
        </>
      ) : null}
      {isWriting ? <NewInsightDialog onClose={close} /> : null}
    </PageBody>
  );
}
