/** How far an insight has come, as a word and four small steps. */

import type { InsightStatus } from '@/api';
import classes from './InsightStatusBadge.module.css';
import { getStatusStep, getStepNumber, STATUS_STEPS } from './insightStatus';

export function InsightStatusBadge({ status }: { status: InsightStatus }) {
  const { name, meaning } = getStatusStep(status);
  const reached = getStepNumber(status);
  return (
    <span className={classes.badge} title={meaning}>
      <span className={classes.steps} aria-hidden>
        {STATUS_STEPS.map((step, index) => (
          <span key={step.status} data-is-reached={index < reached || undefined} />
        ))}
      </span>
      {name}
    </span>
  );
}
