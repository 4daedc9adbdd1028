/** Writes an insight; its evidence is added on its page. */

import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { createInsight } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EMPTY_DRAFT, NewInsightForm, toNewInsight, useFreshEvidence } from '@/features/evidence';
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
  return (
    <Modal opened onClose={onClose} title="New insight" size="lg">
      <NewInsightForm
        draft={draft}
        onChange={setDraft}
        onWrite={() => creating.mutate()}
        isWriting={creating.isPending}
        leave={{ label: 'Cancel', act: onClose }}
      >
        {creating.error ? <ErrorNotice error={creating.error} /> : null}
      </NewInsightForm>
    </Modal>
  );
}
