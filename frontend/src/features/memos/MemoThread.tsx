/** What was noted on one thing, and where more is written. */

import { Text } from '@mantine/core';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice } from '@/ui';
import { MemoComposer } from './MemoComposer';
import { MemoItem } from './MemoItem';
import classes from './Memos.module.css';
import { type SubjectRef, useMemoChanges, useThreads } from './useMemos';

interface MemoThreadProps {
  subject: SubjectRef;
  /** Said where nothing is noted yet. */
  invitation?: string;
  /** Begins with the focus in the text. */
  hasFocus?: boolean;
}

export function MemoThread({ subject, invitation, hasFocus }: MemoThreadProps) {
  const { permissions } = useWorkspace();
  const threads = useThreads(subject);
  const changes = useMemoChanges();
  const place = `${subject.kind} ${subject.id}`;
  const mayWrite = permissions.may_write_insights;
  const rows = threads.data ?? [];
  return (
    <div className={classes.thread}>
      {threads.error && !threads.data ? (
        <ErrorNotice
          title="The memos could not be loaded."
          error={threads.error}
          onRetry={() => void threads.refetch()}
        />
      ) : null}
      {rows.length ? (
        <ul className={classes.memos} aria-label="Memos">
          {rows.map((memo) => (
            <li key={memo.id} className={classes.memo}>
              <MemoItem memo={memo} />
            </li>
          ))}
        </ul>
      ) : null}
      {threads.data && rows.length === 0 && (invitation || !mayWrite) ? (
        <Text size="sm" c="dimmed">
          {mayWrite ? invitation : 'Nothing is noted here yet.'}
        </Text>
      ) : null}
      {mayWrite ? (
        <MemoComposer
          key={place}
          label="Write a memo"
          placeholder="Write a memo"
          sendLabel="Save memo"
          draftPlace={place}
          hasFocus={hasFocus}
          onSend={(text) => changes.write(subject, text)}
        />
      ) : null}
    </div>
  );
}
