/** Everything that was noted in the workspace, in one stream. */

import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, listMemos, type Memo, readMemo } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { MemoItem } from './MemoItem';
import classes from './Memos.module.css';
import { ExportMenu, StreamFilters } from './StreamFilters';
import { SubjectLink } from './SubjectLink';
import { type StreamAddress, useStreamAddress } from './useStreamAddress';

function Entry({ memo }: { memo: Memo }) {
  return (
    <li className={classes.entry}>
      <SubjectLink subject={memo.subject} />
      <div>
        <MemoItem memo={memo} />
      </div>
    </li>
  );
}

function NoMemos({ address }: { address: StreamAddress }) {
  const { id } = useWorkspace();
  if (address.isFiltered) {
    return (
      <EmptyState
        title="No memo is like this"
        action={
          <Button variant="default" onClick={address.clear}>
            Show all memos
          </Button>
        }
      >
        Words are found by their beginning, whatever their case and accents; all of them must be in
        one memo.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconNote size={40} stroke={1.4} />}
      title="No memos yet"
      action={
        <Button component={Link} to={paths.studies(id)}>
          Open a session
        </Button>
      }
    >
      A memo is what you think about something: an excerpt, a session, a persona, a tag. Press m on
      an excerpt to write one, and @ to tell a colleague. All of them gather here.
    </EmptyState>
  );
}

function useStream(address: StreamAddress) {
  const { id } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [...keys.memos(id, address.filters), 'pages'],
    queryFn: ({ pageParam }) => listMemos(id, { ...address.filters, page: pageParam }),
    initialPageParam: 1,
    getNextPageParam: (last, all) => (last.next ? all.length + 1 : undefined),
    placeholderData: keepPreviousData,
  });
}

function Stream({ address }: { address: StreamAddress }) {
  const stream = useStream(address);
  const pages = stream.data?.pages;
  const memos = pages?.flatMap((page) => page.results) ?? [];
  const count = pages?.[0]?.count ?? 0;
  const isBare = pages !== undefined && count === 0 && !address.isFiltered;
  return (
    <>
      {isBare ? null : <StreamFilters address={address} />}
      {stream.error && !pages ? (
        <ErrorNotice error={stream.error} onRetry={() => void stream.refetch()} />
      ) : null}
      {stream.isPending ? <Loading label="Loading memos" rowHeight={90} /> : null}
      {pages && count === 0 ? <NoMemos address={address} /> : null}
      {count ? (
        <Text size="sm" c="dimmed" mt="sm" role="status">
          {formatCount(count, 'memo')} with {count === 1 ? 'its' : 'their'} answers, the newest word
          first
        </Text>
      ) : null}
      <ul className={classes.stream} aria-label="Memos">
        {memos.map((memo) => (
          <Entry key={memo.id} memo={memo} />
        ))}
      </ul>
      {stream.hasNextPage ? (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={stream.isFetchingNextPage}
            onClick={() => void stream.fetchNextPage()}
          >
            Show more
          </Button>
        </Group>
      ) : null}
    </>
  );
}

function OneMemo({ memoId }: { memoId: string }) {
  const { id } = useWorkspace();
  const memo = useQuery({ queryKey: keys.memo(id, memoId), queryFn: () => readMemo(id, memoId) });
  return (
    <>
      <Anchor component={Link} to={paths.memos(id)} size="sm">
        Show all memos
      </Anchor>
      {memo.error ? <ErrorNotice error={memo.error} /> : null}
      {memo.isPending ? <Loading label="Loading the memo" rows={1} /> : null}
      {memo.data ? (
        <ul className={classes.stream} aria-label="Memo">
          <Entry memo={memo.data} />
        </ul>
      ) : null}
    </>
  );
}

export function MemosPage() {
  const address = useStreamAddress();
  return (
    <PageBody measure={880}>
      <PageHeader
        title="Memos"
        description="What the team thinks about what it heard."
        action={address.memoId ? null : <ExportMenu address={address} />}
      />
      {address.memoId ? <OneMemo memoId={address.memoId} /> : <Stream address={address} />}
    </PageBody>
  );
}
