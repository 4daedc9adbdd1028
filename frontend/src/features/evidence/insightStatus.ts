/** The four A's: how far an insight has come in the team. */

import type { InsightStatus } from '@/api';

export interface StatusStep {
  status: InsightStatus;
  name: string;
  meaning: string;
}

export const STATUS_STEPS: readonly StatusStep[] = [
  { status: 'aware', name: 'Aware', meaning: 'Someone noticed it' },
  { status: 'acknowledged', name: 'Acknowledged', meaning: 'The team agrees' },
  { status: 'acted', name: 'Acted', meaning: 'Something was done' },
  { status: 'advocated', name: 'Advocated', meaning: 'Others pass it on' },
];

export function getStatusStep(status: InsightStatus): StatusStep {
  return STATUS_STEPS.find((step) => step.status === status) ?? STATUS_STEPS[0];
}

/** 1 for the first of the four A's to 4 for the last. */
export function getStepNumber(status: InsightStatus): number {
  return STATUS_STEPS.indexOf(getStatusStep(status)) + 1;
}
