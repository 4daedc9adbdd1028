/** The memos on what a page is about, under a heading of their own. */

import { Title } from '@mantine/core';
import { useId } from 'react';
import classes from './Memos.module.css';
import { MemoThread } from './MemoThread';
import type { SubjectRef } from './useMemos';

export function MemoSection(props: { subject: SubjectRef; invitation: string }) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={classes.section} data-on-screen-only>
      <Title order={2} size="h3" id={headingId} mb="xs">
        Memos
      </Title>
      <MemoThread {...props} />
    </section>
  );
}
