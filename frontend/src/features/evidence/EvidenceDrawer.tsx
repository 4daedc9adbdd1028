/** The list a number was computed from, at the side of the page that shows the number. */

import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Excerpt, type ExcerptFilters, keys, listExcerpts } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople, Loading } from '@/ui';
import { EvidenceList } from './EvidenceList';
import { SelectionBar } from './SelectionBar';
import { type ExcerptSelection, useExcerptSelection } from './useExcerptSelection';

const PAGE_SIZE = 30;

function useExcerptPages(filters: ExcerptFilters) {
  const { id } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [...keys.excerpts(id, filters), 'pages'],
    queryFn: ({ pageParam }) =>
      listExcerpts(id, { ...filters, page: pageParam, page_size: PAGE_SIZE }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.next ? pages.length + 1 : undefined),
  });
}

interface FoundExcerptsProps {
  filters: ExcerptFilters;
  peopleTotal?: number;
  selection?: ExcerptSelection;
}

function FoundExcerpts({ filters, peopleTotal, selection }: FoundExcerptsProps) {
  const pages = useExcerptPages(filters);
  if (pages.error && !pages.data) {
    return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (!pages.data) return <Loading label="Loading excerpts" rowHeight={96} />;
  const [first] = pages.data.pages;
  const excerpts = pages.data.pages.flatMap((page) => page.results);
  return (
    <Stack gap="sm">
      <Text c="dimmed" size="sm">
        {formatCount(first.count, 'excerpt')} from {formatPeople(first.people, peopleTotal)}
      </Text>
      <EvidenceList excerpts={excerpts} label="Excerpts" selection={selection} />
      {pages.hasNextPage ? (
        <Group justify="center">
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Show more
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

interface EvidenceDrawerProps {
  title: ReactNode;
  onClose: () => void;
  /** Which excerpts to list; left out where `children` shows them. */
  filters?: ExcerptFilters;
  peopleTotal?: number;
  children?: ReactNode;
}

export function EvidenceDrawer(props: EvidenceDrawerProps) {
  const { title, onClose, filters, peopleTotal, children } = props;
  const selection = useExcerptSelection();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(100vw, 620px)"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close the list' }}
      styles={{ title: { fontWeight: 650, minWidth: 0 } }}
    >
      {filters ? (
        <FoundExcerpts filters={filters} peopleTotal={peopleTotal} selection={selection} />
      ) : (
        children
      )}
      <div style={{ position: 'sticky', bottom: 12 }}>
        <SelectionBar selection={selection} />
      </div>
    </Drawer>
  );
}

interface EvidenceGroupProps {
  title: string;
  excerpts: Excerpt[];
  renderActions?: (excerpt: Excerpt) => ReactNode;
}

/** For lists that are at hand already, such as the evidence of a claim. */
export function EvidenceGroup({ title, excerpts, renderActions }: EvidenceGroupProps) {
  if (excerpts.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text fw={600} size="sm" mt="xs">
        {title}
      </Text>
      <EvidenceList excerpts={excerpts} label={title} renderActions={renderActions} />
    </section>
  );
}
