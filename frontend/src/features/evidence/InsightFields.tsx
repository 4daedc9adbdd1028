/** What a new insight is written with. */

import { Stack, Textarea } from '@mantine/core';
import type { NewInsight } from '@/api';
import { PersonaPicker } from './PersonaPicker';

export interface InsightDraft {
  statement: string;
  opportunity: string;
  persona_ids: string[];
}

export const EMPTY_DRAFT: InsightDraft = { statement: '', opportunity: '', persona_ids: [] };

export function toNewInsight(draft: InsightDraft): NewInsight {
  return {
    statement: draft.statement.trim(),
    opportunity: draft.opportunity.trim(),
    persona_ids: draft.persona_ids,
  };
}

interface InsightFieldsProps {
  draft: InsightDraft;
  onChange: (draft: InsightDraft) => void;
}

export function InsightFields({ draft, onChange }: InsightFieldsProps) {
  return (
    <Stack gap="sm">
      <Textarea
        label="Statement"
        description="One sentence that the evidence speaks for or against"
        placeholder="People who always show up still wait weeks, while others cancel at the last minute."
        autosize
        minRows={2}
        maxLength={500}
        required
        data-autofocus
        value={draft.statement}
        onChange={(event) => onChange({ ...draft, statement: event.currentTarget.value })}
      />
      <Textarea
        label="Opportunity"
        description="What could be done about it; can wait"
        autosize
        minRows={2}
        value={draft.opportunity}
        onChange={(event) => onChange({ ...draft, opportunity: event.currentTarget.value })}
      />
      <PersonaPicker
        personaIds={draft.persona_ids}
        onChange={(persona_ids) => onChange({ ...draft, persona_ids })}
      />
    </Stack>
  );
}
