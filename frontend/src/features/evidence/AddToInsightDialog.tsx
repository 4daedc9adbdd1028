/** Puts chosen excerpts under an insight, new or existing, for it or against it. */

import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  ApiError,
  addEvidence,
  createInsight,
  type Excerpt,
  type InsightRow,
  readInsight,
  type Stance,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice } from '@/ui';
import { listPersonas } from './excerptFacts';
import { InsightChoice } from './InsightChoice';
import { type InsightDraft, InsightFields, toNewInsight } from './InsightFields';
import { ListenFirstGate, useGate } from './ListenFirstGate';
import { StanceChoice } from './StanceChoice';
import { useFreshEvidence } from './useFreshEvidence';

type Target = 'new' | 'existing';

function proposeDraft(excerpts: readonly Excerpt[]): InsightDraft {
  const personas = excerpts.flatMap(listPersonas).map((persona) => persona.id);
  return { statement: '', opportunity: '', persona_ids: [...new Set(personas)] };
}

/** Adds each excerpt; one that is there already stays as it is. */
async function addAll(
  workspaceId: string,
  insightId: string,
  excerpts: readonly Excerpt[],
  stance: Stance,
): Promise<InsightRow> {
  for (const excerpt of excerpts) {
    try {
      await addEvidence(workspaceId, insightId, { excerpt_id: excerpt.id, stance });
    } catch (error) {
      const isThereAlready = error instanceof ApiError && error.status === 409;
      if (!isThereAlready || error.code === 'listen_first') throw error;
    }
  }
  return readInsight(workspaceId, insightId);
}

function Added({ insight, onClose }: { insight: InsightRow; onClose: () => void }) {
  const { id } = useWorkspace();
  return (
    <Stack gap="md">
      <Text role="status">Added to “{insight.statement}”</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Go on here
        </Button>
        <Button component={Link} to={paths.insight(id, insight.id)}>
          Open the insight
        </Button>
      </Group>
    </Stack>
  );
}

interface AddToInsightDialogProps {
  excerpts: readonly Excerpt[];
  onAdded: () => void;
  onClose: () => void;
}

function useAdding(excerpts: readonly Excerpt[]) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const [target, setTarget] = useState<Target>('new');
  const [stance, setStance] = useState<Stance>('for');
  const [insightId, setInsightId] = useState<string | null>(null);
  const [draft, setDraft] = useState(() => proposeDraft(excerpts));
  const adding = useMutation({
    mutationFn: (): Promise<InsightRow> => {
      if (target === 'existing') return addAll(id, insightId!, excerpts, stance);
      const evidence = excerpts.map((excerpt) => ({ excerpt_id: excerpt.id, stance }));
      return createInsight(id, { ...toNewInsight(draft), evidence });
    },
    onSettled: () => void refresh(),
  });
  const gate = useGate(excerpts, adding.error);
  const isNamed = target === 'new' ? draft.statement.trim() !== '' : insightId !== null;
  const isReady = isNamed && gate.unheard.length === 0;
  return {
    ...{ target, setTarget, stance, setStance, insightId, setInsightId, draft, setDraft },
    ...{ adding, isReady, gate },
  };
}

export function AddToInsightDialog({ excerpts, onAdded, onClose }: AddToInsightDialogProps) {
  // The list is kept as it was, for the selection is cleared once it has been added.
  const [chosen] = useState(excerpts);
  const form = useAdding(chosen);
  const close = () => {
    if (form.adding.isSuccess) onAdded();
    onClose();
  };
  const title = `Add ${formatCount(chosen.length, 'excerpt')} to an insight`;
  return (
    <Modal opened onClose={close} title={title} size="lg">
      {form.adding.data ? (
        <Added insight={form.adding.data} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (form.isReady) form.adding.mutate();
          }}
        >
          <Stack gap="md">
            <SegmentedControl
              fullWidth
              aria-label="Which insight"
              value={form.target}
              onChange={(value) => form.setTarget(value as Target)}
              data={[
                { value: 'new', label: 'A new insight' },
                { value: 'existing', label: 'One that exists' },
              ]}
            />
            {form.target === 'new' ? (
              <InsightFields draft={form.draft} onChange={form.setDraft} />
            ) : (
              <InsightChoice insightId={form.insightId} onChange={form.setInsightId} />
            )}
            <StanceChoice stance={form.stance} onChange={form.setStance} />
            <ListenFirstGate gate={form.gate} />
            {form.gate.error ? <ErrorNotice error={form.gate.error} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={form.adding.isPending} disabled={!form.isReady}>
                {form.target === 'new' ? 'Write insight' : 'Add to insight'}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
