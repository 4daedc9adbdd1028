/** A new insight is written here, wherever that begins. */

import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { type InsightDraft, InsightFields } from './InsightFields';

interface NewInsightFormProps {
  draft: InsightDraft;
  onChange: (draft: InsightDraft) => void;
  onWrite: () => void;
  isWriting: boolean;
  /** Something else has to be done first. */
  isWaiting?: boolean;
  /** The way out: to what was there before, or out of the dialog. */
  leave: { label: string; act: () => void };
  /** Stands above the buttons, such as what went wrong. */
  children?: ReactNode;
}

export function NewInsightForm(props: NewInsightFormProps) {
  const { draft, onChange, onWrite, isWriting, isWaiting = false, leave, children } = props;
  const isReady = draft.statement.trim() !== '' && !isWaiting;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onWrite();
      }}
    >
      <Stack gap="md">
        <InsightFields draft={draft} onChange={onChange} />
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave.act}>
            {leave.label}
          </Button>
          <Button type="submit" loading={isWriting} disabled={!isReady}>
            Write insight
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
