/** The excerpts of a passage as stripes beside it: a lane each, a pattern for each quadrant. */

import type { CSSProperties } from 'react';
import { type Stripe, sortStripes } from './marks';
import classes from './Stripes.module.css';

interface StripesProps {
  stripes: readonly Stripe[];
  onStripe: (excerptId: string) => void;
}

/** Whole lines, however long they turn out to be. */
function getPlace({ from, to, lane }: Stripe) {
  return {
    '--lane': lane,
    top: `round(down, ${(from * 100).toFixed(2)}%, 1lh)`,
    bottom: `calc(100% - round(up, ${(to * 100).toFixed(2)}%, 1lh))`,
  };
}

/** The panel's list is the way for keyboards and screen readers; here it would be a second one. */
export function Stripes({ stripes, onStripe }: StripesProps) {
  const { shown, hidden } = sortStripes(stripes);
  return (
    <div className={classes.stripes} aria-hidden>
      {shown.map((stripe) => (
        <button
          key={stripe.excerptId}
          type="button"
          tabIndex={-1}
          title={stripe.label}
          className={classes.stripe}
          data-stripe={stripe.excerptId}
          data-pattern={stripe.pattern}
          onClick={() => onStripe(stripe.excerptId)}
          style={{ ...getPlace(stripe), '--colour': stripe.colour } as CSSProperties}
        />
      ))}
      {hidden.length === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          title={hidden.map(({ label }) => label).join('\n')}
          className={classes.more}
          onClick={() => onStripe(hidden[0].excerptId)}
        >
          +{hidden.length}
        </button>
      )}
    </div>
  );
}
