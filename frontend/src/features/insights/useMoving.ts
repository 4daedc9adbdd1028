/** Moving an insight along the four A's; the board follows at once. */

import { useQueryClient } from '@tanstack/react-query';
import { type InsightRow, type InsightStatus, keys, type Page, updateInsight } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { getStatusStep, useFreshEvidence } from '@/features/evidence';
import { notifyFailure, notifyWithUndo } from '@/ui';

export type MoveInsight = (insight: InsightRow, status: InsightStatus) => Promise<void>;

function withStatus(page: Page<InsightRow>, insightId: string, status: InsightStatus) {
  const results = page.results.map((row) => (row.id === insightId ? { ...row, status } : row));
  return { ...page, results };
}

export function useMoving(): MoveInsight {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const refresh = useFreshEvidence();
  const setStatus = async (insight: InsightRow, status: InsightStatus) => {
    const queryKey = [...keys.insights(id), 'list'];
    await client.cancelQueries({ queryKey });
    client.setQueriesData<Page<InsightRow>>({ queryKey }, (page) =>
      page ? withStatus(page, insight.id, status) : page,
    );
    try {
      await updateInsight(id, insight.id, { status });
      return true;
    } catch (error) {
      notifyFailure('The insight was not moved', error);
      return false;
    } finally {
      void refresh();
    }
  };
  return async (insight, status) => {
    if (insight.status === status) return;
    const hasMoved = await setStatus(insight, status);
    if (!hasMoved) return;
    notifyWithUndo({
      message: `Moved to ${getStatusStep(status).name}`,
      onUndo: () => setStatus(insight, insight.status),
    });
  };
}
