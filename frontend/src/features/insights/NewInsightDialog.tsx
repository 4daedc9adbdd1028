/** Writes an insight; its evidence is added on its page. */

import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { createInsight } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EMPTY_DRAFT, InsightFields, toNewInsight, useFreshEvidence } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { ErrorNotice } from '@/ui';

export function NewInsightDialog({ onClose }: { onClose: () => void }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const creating = useMutation({
    mutationFn: () => createInsight(id, toNewInsight(draft)),
    onSuccess: (insight) => {
      void refresh();
      void navigate(paths.insight(id, insight.id));
    },
  });
  const isReady = draft.statement.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) creating.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="New insight" size="lg">
      <form onSubmit={submit}>
        <Stack>
          <InsightFields draft={draft} onChange={setDraft} />
          {creating.error ? <ErrorNotice error={creating.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.isPending} disabled={!isReady}>
              Write insight
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
