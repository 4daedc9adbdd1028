/** Puts chosen excerpts under an insight, a new one or one that exists, for it or against it. */

import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import {
  createInsight,
  deleteInsight,
  type Excerpt,
  type InsightRow,
  readInsight,
  type Stance,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount, quoteBriefly } from '@/lib/text';
import { ErrorNotice, notifyFailure, notifyWithUndo } from '@/ui';
import { type Addition, addEvidenceOf, takeBack } from './addingEvidence';
import { listPersonas } from './excerptFacts';
import { InsightChoice } from './InsightChoice';
import { type InsightDraft, InsightFields, toNewInsight } from './InsightFields';
import { ListenFirstGate, useGate } from './ListenFirstGate';
import { StanceChoice } from './StanceChoice';
import { useFreshEvidence } from './useFreshEvidence';

export type InsightTarget = 'new' | 'existing';

/** What was done, in words, and how it is taken back. */
interface Done {
  insight: InsightRow;
  message: string;
  undo: () => Promise<unknown>;
}

function proposeDraft(excerpts: readonly Excerpt[]): InsightDraft {
  const personas = excerpts.flatMap(listPersonas).map((persona) => persona.id);
  return { statement: '', opportunity: '', persona_ids: [...new Set(personas)] };
}

function describeAddition({ added, moved, known }: Addition, { statement }: InsightRow): string {
  const parts = [
    added.length + moved.length > 0 || known === 0
      ? `${formatCount(added.length + moved.length, 'excerpt')} added to ${quoteBriefly(statement)}.`
      : '',
    known > 0 ? `${formatCount(known, 'excerpt was', 'excerpts were')} there already.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function useAdding(target: InsightTarget, excerpts: readonly Excerpt[]) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const [stance, setStance] = useState<Stance>('for');
  const [insightId, setInsightId] = useState<string | null>(null);
  const [draft, setDraft] = useState(() => proposeDraft(excerpts));
  // What came in before one was refused is part of what undo takes back.
  const addition = useRef<Addition>({ added: [], moved: [], known: 0 });
  const write = async (): Promise<Done> => {
    const evidence = excerpts.map((excerpt) => ({ excerpt_id: excerpt.id, stance }));
    const insight = await createInsight(id, { ...toNewInsight(draft), evidence });
    const message = `New insight of ${formatCount(excerpts.length, 'excerpt')}.`;
    return { insight, message, undo: () => deleteInsight(id, insight.id) };
  };
  const add = async (): Promise<Done> => {
    const insight = await readInsight(id, insightId!);
    await addEvidenceOf(id, insight, excerpts, stance, addition.current);
    const message = describeAddition(addition.current, insight);
    return { insight, message, undo: () => takeBack(id, addition.current) };
  };
  const adding = useMutation({
    mutationFn: target === 'new' ? write : add,
    onSettled: () => void refresh(),
  });
  const gate = useGate(excerpts, adding.error);
  const isNamed = target === 'new' ? draft.statement.trim() !== '' : insightId !== null;
  const isReady = isNamed && gate.unheard.length === 0;
  return { stance, setStance, insightId, setInsightId, draft, setDraft, adding, isReady, gate };
}

function useTelling() {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  return ({ insight, message, undo }: Done) =>
    notifyWithUndo({
      message,
      next: { label: 'Open', act: () => navigate(paths.insight(id, insight.id)) },
      onUndo: async () => {
        try {
          await undo();
        } catch (error) {
          notifyFailure('It could not be taken back.', error);
        }
        void refresh();
      },
    });
}

interface AddToInsightDialogProps {
  target: InsightTarget;
  excerpts: readonly Excerpt[];
  onAdded: () => void;
  onClose: () => void;
}

export function AddToInsightDialog(props: AddToInsightDialogProps) {
  const { target, excerpts, onAdded, onClose } = props;
  const form = useAdding(target, excerpts);
  const tell = useTelling();
  const submit = () =>
    form.adding.mutate(undefined, {
      onSuccess: (done) => {
        tell(done);
        onAdded();
        onClose();
      },
    });
  const chosen = formatCount(excerpts.length, 'excerpt');
  const title = target === 'new' ? `New insight of ${chosen}` : `Add ${chosen} to an insight`;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (form.isReady) submit();
        }}
      >
        <Stack gap="md">
          {target === 'new' ? (
            <InsightFields draft={form.draft} onChange={form.setDraft} />
          ) : (
            <InsightChoice insightId={form.insightId} onChange={form.setInsightId} />
          )}
          <StanceChoice stance={form.stance} onChange={form.setStance} />
          <ListenFirstGate gate={form.gate} />
          {form.gate.error ? <ErrorNotice error={form.gate.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={form.adding.isPending} disabled={!form.isReady}>
              {target === 'new' ? 'Write insight' : 'Add to insight'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
