/** Ways to narrow a search, each with what it would find. */

import { Switch } from '@mantine/core';
import type { Facet } from '@/api';
import { FacetGroup } from './FacetGroup';
import classes from './Facets.module.css';
import { listFacetGroups } from './facetGroups';
import { type SearchState, toggleValue, wantsExcerpts } from './searchState';
import type { LabelFacet } from './useFacetLabels';

interface FacetsProps {
  facets: readonly Facet[];
  state: SearchState;
  onChange: (state: SearchState) => void;
  labelValue: LabelFacet;
}

export function Facets({ facets, state, onChange, labelValue }: FacetsProps) {
  const countsExcerpts = wantsExcerpts(state);
  return (
    <div>
      <p className={classes.legend} aria-hidden>
        {countsExcerpts ? <span className={classes.people}>people</span> : null}
        <span className={classes.excerpts}>{countsExcerpts ? 'excerpts' : 'found'}</span>
      </p>
      {listFacetGroups(facets, state, labelValue).map((group) => (
        <FacetGroup
          key={group.key}
          group={group}
          countsExcerpts={countsExcerpts}
          onToggle={(value) => onChange(toggleValue(state, group.field, value))}
        />
      ))}
      <Switch
        label="Key quotes only"
        size="sm"
        checked={state.isKeyQuoteOnly}
        onChange={(event) => onChange({ ...state, isKeyQuoteOnly: event.currentTarget.checked })}
      />
    </div>
  );
}
