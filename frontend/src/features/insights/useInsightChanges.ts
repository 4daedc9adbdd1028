/** Changing one insight: its texts, where it stands, its evidence and whom it is about. */

import { useQueryClient } from '@tanstack/react-query';
import {
  addEvidence,
  deleteEvidence,
  type Excerpt,
  type InsightDetail,
  type InsightEvidence,
  type InsightRow,
  keys,
  type Stance,
  setInsightPersonas,
  updateEvidence,
  updateInsight,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { notifyFailure, notifyWithUndo } from '@/ui';

type InsightTexts = Partial<
  Pick<InsightRow, 'statement' | 'summary' | 'status' | 'opportunity' | 'action_note'>
>;

/** Each resolves once it is saved and shown; `write` and `note` throw, for fields that stay open. */
export function useInsightChanges(insightId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = useFreshEvidence();
  const show = async (answer: Promise<InsightDetail>) => {
    client.setQueryData(keys.insight(id, insightId), await answer);
    void refresh();
  };
  const tell = async (failure: string, answer: Promise<InsightDetail>) => {
    try {
      await show(answer);
      return true;
    } catch (error) {
      notifyFailure(failure, error);
      return false;
    }
  };
  const add = (excerptId: string, stance: Stance, note = '') =>
    tell(
      'The evidence was not added',
      addEvidence(id, insightId, { excerpt_id: excerptId, stance, note }),
    );
  return {
    write: (texts: InsightTexts) => show(updateInsight(id, insightId, texts)),
    note: (evidence: InsightEvidence, note: string) =>
      show(updateEvidence(id, evidence.id, { note })),
    setStatus: (status: InsightRow['status']) =>
      tell('The insight was not moved', updateInsight(id, insightId, { status })),
    setPersonas: (personaIds: string[]) =>
      tell('The personas were not changed', setInsightPersonas(id, insightId, personaIds)),
    add: (excerpt: Excerpt, stance: Stance) => add(excerpt.id, stance),
    setStance: (evidence: InsightEvidence, stance: Stance) =>
      tell('The evidence was not moved', updateEvidence(id, evidence.id, { stance })),
    remove: async ({ id: evidenceId, excerpt, stance, note }: InsightEvidence) => {
      const isGone = await tell('The evidence was not taken away', deleteEvidence(id, evidenceId));
      if (!isGone) return;
      notifyWithUndo({
        message: 'Evidence taken away',
        onUndo: () => add(excerpt.id, stance, note),
      });
    },
  };
}

export type InsightChanges = ReturnType<typeof useInsightChanges>;
