/** The empathy map: a person in the middle, and around them what they think, hear, see, say. */

import type { ReactNode } from 'react';
import type { EmpathyMap } from '@/api';
import { QUADRANTS } from '@/lib/quadrants';
import classes from './EmpathyMap.module.css';
import { Field } from './Field';
import type { MapScope } from './mapScope';
import { getMapQuadrant } from './themes';

interface EmpathyMapViewProps {
  map: EmpathyMap;
  /** The person in the middle. */
  head: ReactNode;
  getScopePath: (scope: MapScope) => string;
}

/** The lines from the person to the corners, as the map is drawn on a wall. */
function Rays() {
  return (
    <svg
      className={classes.rays}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d="M0 0 100 100M100 0 0 100" />
    </svg>
  );
}

export function EmpathyMapView({ map, head, getScopePath }: EmpathyMapViewProps) {
  return (
    <div className={classes.frame}>
      <div className={classes.map}>
        <div className={classes.head}>
          <Rays />
          {head}
        </div>
        {QUADRANTS.map(({ id }) => (
          <Field
            key={id}
            field={getMapQuadrant(map, id)}
            peopleTotal={map.people_total}
            getScopePath={getScopePath}
          />
        ))}
      </div>
    </div>
  );
}
