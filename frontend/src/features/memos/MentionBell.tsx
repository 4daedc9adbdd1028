/** In the frame: how often one is mentioned and has not looked, and the list behind it. */

import { Anchor, Button, Group, NavLink, Popover, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { keys, listMentions, type Mention, type Mentions, markMentionsSeen } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { ErrorNotice, RelativeTime } from '@/ui';
import { MemoText } from './MemoItem';
import classes from './Memos.module.css';
import { SubjectLink } from './SubjectLink';

const POLL_MS = 30_000;

function useMentions() {
  const { id } = useWorkspace();
  return useQuery({
    queryKey: keys.mentions(id),
    queryFn: () => listMentions(id),
    refetchInterval: POLL_MS,
  });
}

function useSeen() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (memoIds?: string[]) => markMentionsSeen(id, memoIds),
    onSuccess: (mentions: Mentions) => client.setQueryData(keys.mentions(id), mentions),
  });
}

interface RowProps {
  mention: Mention;
  onOpen: () => void;
}

function Row({ mention, onOpen }: RowProps) {
  const { memo } = mention;
  return (
    <li className={classes.mentioned} data-is-new={mention.seen_at ? undefined : ''}>
      <div className={classes.head}>
        <span className={classes.author}>{memo.created_by?.name ?? 'Somebody who left'}</span>
        <span className={classes.time}>
          <RelativeTime time={mention.created_at} />
          {mention.seen_at ? null : <span className="only-for-screen-readers">, new</span>}
        </span>
      </div>
      <MemoText memo={memo} />
      <SubjectLink subject={memo.subject} onLeave={onOpen} />
    </li>
  );
}

export function MentionBell({ className }: { className?: string }) {
  const { id } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const mentions = useMentions();
  const seen = useSeen();
  const unseen = mentions.data?.unseen ?? 0;
  const rows = mentions.data?.results ?? [];
  const close = () => setIsOpen(false);
  const isNarrow = useMediaQuery('(max-width: 48em)');
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position={isNarrow ? 'top' : 'right-end'}
      width="min(380px, 94vw)"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <NavLink
          component="button"
          className={className}
          label={
            <>
              Mentions
              {unseen ? <span className="only-for-screen-readers"> {unseen} new</span> : null}
            </>
          }
          aria-expanded={isOpen}
          onClick={() => setIsOpen((open) => !open)}
          leftSection={
            <span className={classes.bell} aria-hidden>
              <IconBell size={20} stroke={1.7} />
              {unseen ? (
                <span className={classes.unseen} data-is-news>
                  {unseen > 99 ? '99+' : unseen}
                </span>
              ) : null}
            </span>
          }
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Mentions">
        <Group justify="space-between" mb={4} wrap="nowrap">
          <Text fw={600}>Mentions</Text>
          {unseen ? (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={seen.isPending}
              onClick={() => seen.mutate(undefined)}
            >
              Mark all as seen
            </Button>
          ) : null}
        </Group>
        {mentions.error && !mentions.data ? <ErrorNotice error={mentions.error} /> : null}
        {seen.error ? <ErrorNotice error={seen.error} /> : null}
        {rows.length ? (
          <ul className={classes.mentions} aria-label="Where I am mentioned">
            {rows.map((mention) => (
              <Row
                key={mention.id}
                mention={mention}
                onOpen={() => {
                  close();
                  if (!mention.seen_at) seen.mutate([mention.memo.id]);
                }}
              />
            ))}
          </ul>
        ) : (
          <Text size="sm" c="dimmed">
            When a colleague writes your name after an @ in a memo, it is shown here.
          </Text>
        )}
        <Anchor
          component={Link}
          to={paths.memos(id)}
          size="sm"
          onClick={close}
          mt={8}
          display="block"
        >
          All memos
        </Anchor>
      </Popover.Dropdown>
    </Popover>
  );
}
