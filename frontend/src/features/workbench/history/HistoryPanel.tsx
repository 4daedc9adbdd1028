/** Who did what in this session and when, the newest first; each can be undone or done again. */

import { Button, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Change, keys, listChanges } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EmptyState, ErrorNotice, Loading, RelativeTime } from '@/ui';
import { useEvidence, useWorkbench } from '../workbench';
import { HistoryButtons } from './HistoryButtons';
import classes from './HistoryPanel.module.css';
import { useWorkbenchHistory } from './history';

function useChanges() {
  const { id } = useWorkspace();
  const { session } = useWorkbench();
  return useInfiniteQuery({
    queryKey: keys.changes(id, session.id),
    queryFn: ({ pageParam }) => listChanges(id, session.id, pageParam),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.next ? pages.length + 1 : undefined),
  });
}

/** Whether something of it stands in the text that is shown. */
function useHasPlace() {
  const { text } = useWorkbench();
  const { marks } = useEvidence();
  return ({ excerpt_ids, segment_ids }: Change) =>
    marks.some(({ excerpt }) => excerpt_ids.includes(excerpt.id)) ||
    text.segments.some(({ id }) => segment_ids.includes(id));
}

function ChangeRow({ change, hasPlace }: { change: Change; hasPlace: boolean }) {
  const { mayMark } = useWorkbench();
  const { turn, goTo, isTurning } = useWorkbenchHistory();
  const { user } = useWorkspace();
  const isUndone = change.undone_at !== null;
  const undoneByMe = change.undone_by?.id === user.id;
  const name = change.is_mine ? 'You' : (change.created_by?.name ?? 'Somebody');
  return (
    <li className={classes.change}>
      <p className={classes.facts}>
        {name} · <RelativeTime time={change.created_at} />
        {isUndone
          ? ` · undone by ${undoneByMe ? 'you' : (change.undone_by?.name ?? 'somebody')}`
          : null}
      </p>
      <p className={classes.summary} dir="auto">
        {isUndone ? <s>{change.summary}</s> : change.summary}
      </p>
      <div className={classes.actions}>
        {hasPlace ? (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => goTo(change)}
            aria-label={`Go there: ${change.summary}`}
          >
            Go there
          </Button>
        ) : null}
        {mayMark ? (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={isTurning}
            onClick={() => turn(change)}
            aria-label={`${isUndone ? 'Redo' : 'Undo'}: ${change.summary}`}
          >
            {isUndone ? 'Redo' : 'Undo'}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

export function HistoryPanel() {
  const { mayMark } = useWorkbench();
  const changes = useChanges();
  const hasPlace = useHasPlace();
  const rows = changes.data?.pages.flatMap(({ results }) => results) ?? [];
  if (changes.isPending) return <Loading label="Loading the history" />;
  if (changes.error && rows.length === 0) {
    return (
      <ErrorNotice
        title="The history could not be loaded."
        error={changes.error}
        onRetry={() => void changes.refetch()}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={32} stroke={1.3} />} title="Nothing changed yet">
        What people mark, tag and correct in this session is listed here, and can be undone.
      </EmptyState>
    );
  }
  return (
    <>
      {mayMark ? (
        <div className={classes.head}>
          <HistoryButtons />
          <Text size="xs" c="dimmed">
            Undo takes back what you did last here.
          </Text>
        </div>
      ) : null}
      <ul className={classes.changes} aria-label="Changes, the newest first">
        {rows.map((change) => (
          <ChangeRow key={change.id} change={change} hasPlace={hasPlace(change)} />
        ))}
      </ul>
      {changes.hasNextPage ? (
        <div className={classes.more}>
          <Button
            size="xs"
            variant="default"
            loading={changes.isFetchingNextPage}
            onClick={() => void changes.fetchNextPage()}
          >
            Show earlier ones
          </Button>
        </div>
      ) : null}
    </>
  );
}
