/** Puts chosen excerpts under an insight, a new one or one that exists, for it or against it. */

import { Modal, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import { createInsight, deleteInsight, type Excerpt, readInsight, type Stance } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice } from '@/ui';
import { type Addition, addEvidenceOf, takeBack } from './addingEvidence';
import { listPersonas } from './excerptFacts';
import { type InsightDraft, toNewInsight } from './InsightFields';
import { InsightPicker } from './InsightPicker';
import { ListenFirstGate, useGate } from './ListenFirstGate';
import { NewInsightForm } from './NewInsightForm';
import { StanceChoice } from './StanceChoice';
import { type AddingProps, type Done, describeAddition, useAdding } from './useAdding';

function proposeDraft(excerpts: readonly Excerpt[], statement: string): InsightDraft {
  const personas = excerpts.flatMap(listPersonas).map((persona) => persona.id);
  return { statement, opportunity: '', persona_ids: [...new Set(personas)] };
}

/** Both ways to add, each said and taken back in its own way. */
function useWays(excerpts: readonly Excerpt[], stance: Stance) {
  const { id } = useWorkspace();
  // What came in before one was refused is part of what undo takes back.
  const additions = useRef(new Map<string, Addition>());
  const write = async (draft: InsightDraft): Promise<Done> => {
    const evidence = excerpts.map((excerpt) => ({ excerpt_id: excerpt.id, stance }));
    const insight = await createInsight(id, { ...toNewInsight(draft), evidence });
    return {
      message: `New insight of ${formatCount(excerpts.length, 'excerpt')}.`,
      path: paths.insight(id, insight.id),
      undo: () => deleteInsight(id, insight.id),
    };
  };
  const add = async (insightId: string): Promise<Done> => {
    const addition = additions.current.get(insightId) ?? { added: [], moved: [], known: 0 };
    additions.current.set(insightId, addition);
    const insight = await readInsight(id, insightId);
    await addEvidenceOf(id, insight, excerpts, stance, addition);
    const { added, moved, known } = addition;
    return {
      message: describeAddition(added.length + moved.length, known, insight.statement),
      path: paths.insight(id, insightId),
      undo: () => takeBack(id, addition),
    };
  };
  return { write, add };
}

export function AddToInsightDialog({ excerpts, onAdded, onClose }: AddingProps) {
  const [stance, setStance] = useState<Stance>('for');
  const [words, setWords] = useState('');
  const [draft, setDraft] = useState<InsightDraft | null>(null);
  const adding = useAdding({ onAdded, onClose });
  const { write, add } = useWays(excerpts, stance);
  const gate = useGate(excerpts, adding.error);
  const isWaiting = gate.unheard.length > 0;
  const title = `Add ${formatCount(excerpts.length, 'excerpt')} to an insight`;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack gap="md">
        <ListenFirstGate gate={gate} />
        {gate.error ? <ErrorNotice error={gate.error} /> : null}
        <StanceChoice stance={stance} onChange={setStance} />
        {draft ? (
          <NewInsightForm
            draft={draft}
            onChange={setDraft}
            leave={{ label: 'Back', act: () => setDraft(null) }}
            onWrite={() => adding.run(() => write(draft))}
            isWriting={adding.isPending}
            isWaiting={isWaiting}
          />
        ) : null}
        {draft || isWaiting ? null : (
          <InsightPicker
            words={words}
            onWords={setWords}
            onTake={(insight) => adding.run(() => add(insight.id))}
            onCreate={(statement) => setDraft(proposeDraft(excerpts, statement))}
          />
        )}
      </Stack>
    </Modal>
  );
}
