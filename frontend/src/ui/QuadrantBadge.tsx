/** A quadrant as a small label: icon, word, tint. */

import { type Aspect, getPlacingName, type QuadrantId } from '@/lib/quadrants';
import classes from './badges.module.css';
import { QuadrantIcon } from './QuadrantIcon';

interface QuadrantBadgeProps {
  quadrant: QuadrantId;
  aspect?: Aspect;
  /** Said after the quadrant, such as the persona's name. */
  detail?: string | null;
}

export function QuadrantBadge({ quadrant, aspect = '', detail }: QuadrantBadgeProps) {
  return (
    <span
      className={classes.badge}
      style={{
        background: `var(--quadrant-${quadrant}-tint)`,
        color: `var(--quadrant-${quadrant}-ink)`,
      }}
    >
      <QuadrantIcon quadrant={quadrant} size={14} />
      <span>
        {getPlacingName(quadrant, aspect)}
        {detail ? <span className={classes.detail}> · {detail}</span> : null}
      </span>
    </span>
  );
}
