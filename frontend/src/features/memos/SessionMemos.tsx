/** All memos of a session in reading order: on the session itself, then as the text goes. */

import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { keys, listEveryMemo, type Memo, type MemoSubject } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import { MemoItem } from './MemoItem';
import classes from './Memos.module.css';
import { MemoThread } from './MemoThread';
import { SubjectLink } from './SubjectLink';

interface Group {
  subject: MemoSubject;
  memos: Memo[];
}

/** What was noted on one thing together; in the order of sources, words, and writing. */
export function groupInReadingOrder(memos: readonly Memo[]): Group[] {
  const groups = new Map<string, Group>();
  for (const memo of memos) {
    const { subject } = memo;
    const group = groups.get(subject.id) ?? { subject, memos: [] };
    group.memos.push(memo);
    groups.set(subject.id, group);
  }
  for (const group of groups.values()) {
    group.memos.sort((a, b) => a.created_at.localeCompare(b.created_at));
  }
  // What is gone from the text has no place in it: it comes last.
  const wordOf = ({ subject }: Group) => subject.word_id ?? Number.POSITIVE_INFINITY;
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.subject.is_gone) - Number(b.subject.is_gone) ||
      (a.subject.source_id ?? '').localeCompare(b.subject.source_id ?? '') ||
      wordOf(a) - wordOf(b),
  );
}

/** Where the reader stands in the text. */
export interface Passage {
  id: string;
  words: string;
  firstWordId: number;
  lastWordId: number;
}

interface SessionMemosProps {
  sessionId: string;
  /** The source whose text is shown beside. */
  sourceId: string;
  passage?: Passage;
}

function isIn({ subject }: Group, sourceId: string, passage: Passage | undefined): boolean {
  if (!passage || subject.source_id !== sourceId || subject.word_id === null) return false;
  return passage.firstWordId <= subject.word_id && subject.word_id <= passage.lastWordId;
}

/** What is noted where the reader stands comes into sight. */
function Place({ isHere, children }: { isHere: boolean; children: ReactNode }) {
  const itemRef = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) itemRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isHere]);
  return (
    <li ref={itemRef} className={classes.place} data-is-here={isHere || undefined}>
      {children}
    </li>
  );
}

export function SessionMemos({ sessionId, sourceId, passage }: SessionMemosProps) {
  const { id, permissions } = useWorkspace();
  const filters = { session: sessionId };
  const memos = useQuery({
    queryKey: keys.memos(id, filters),
    queryFn: () => listEveryMemo(id, filters),
  });
  const groups = groupInReadingOrder(
    (memos.data ?? []).filter(({ subject }) => subject.kind !== 'session'),
  );
  const isPassageNew =
    passage &&
    permissions.may_write_insights &&
    !groups.some((one) => one.subject.id === passage.id);
  return (
    <div className={classes.panel}>
      {isPassageNew ? (
        <section>
          <Title order={2} size="h5">
            On this passage
          </Title>
          <p className={classes.passage} dir="auto">
            “{passage.words} …”
          </p>
          <MemoThread key={passage.id} subject={{ kind: 'segment', id: passage.id }} />
        </section>
      ) : null}
      <section>
        <Title order={2} size="h5" mb={6}>
          On this session
        </Title>
        <MemoThread
          subject={{ kind: 'session', id: sessionId }}
          invitation="What struck you, what to ask next, who should read this? Everybody in the workspace can read and answer."
        />
      </section>
      <section>
        <Title order={2} size="h5" mb={6}>
          In the text
        </Title>
        {memos.error && !memos.data ? (
          <ErrorNotice error={memos.error} onRetry={() => void memos.refetch()} />
        ) : null}
        {memos.isPending ? <Loading label="Loading memos" rows={2} /> : null}
        {memos.data && groups.length === 0 ? (
          <p className={classes.hint} style={{ margin: 0, whiteSpace: 'normal' }}>
            Choose words or an excerpt and press m to note something on them, or click a word to
            write on its passage here.
          </p>
        ) : null}
        <ul className={classes.stream} aria-label="Memos in reading order">
          {groups.map(({ subject, memos: threads }) => (
            <Place key={subject.id} isHere={isIn({ subject, memos: threads }, sourceId, passage)}>
              <SubjectLink subject={subject} isShort />
              {threads.map((memo) => (
                <div key={memo.id} className={classes.memo}>
                  <MemoItem memo={memo} />
                </div>
              ))}
            </Place>
          ))}
        </ul>
      </section>
    </div>
  );
}
