/** Where an insight stands among the four A's, and the way to move it. */

import { VisuallyHidden } from '@mantine/core';
import type { InsightStatus } from '@/api';
import { STATUS_STEPS } from '@/features/evidence';
import classes from './InsightPage.module.css';

interface StatusStepsProps {
  status: InsightStatus;
  isEditable: boolean;
  onChange: (status: InsightStatus) => void;
}

export function StatusSteps({ status, isEditable, onChange }: StatusStepsProps) {
  const reached = STATUS_STEPS.findIndex((step) => step.status === status);
  return (
    <fieldset className={classes.steps} disabled={!isEditable}>
      <VisuallyHidden component="legend">Where it stands</VisuallyHidden>
      {STATUS_STEPS.map((step, index) => (
        <label
          key={step.status}
          className={classes.step}
          data-is-reached={index <= reached || undefined}
          data-is-current={index === reached || undefined}
        >
          <input
            type="radio"
            name="status"
            className="only-for-screen-readers"
            value={step.status}
            checked={index === reached}
            onChange={() => onChange(step.status)}
          />
          <span className={classes.stepName}>{step.name}</span>
          <span className={classes.meaning}>{step.meaning}</span>
        </label>
      ))}
    </fieldset>
  );
}
