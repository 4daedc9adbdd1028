/** The filters that are on, each removable with one click. */

import { Pill, UnstyledButton } from '@mantine/core';
import classes from './ActiveFilters.module.css';
import {
  countFilters,
  FACET_FIELDS,
  type SearchState,
  toggleValue,
  withoutFilters,
} from './searchState';
import type { LabelFacet } from './useFacetLabels';

interface ActiveFiltersProps {
  state: SearchState;
  onChange: (state: SearchState) => void;
  labelValue: LabelFacet;
}

export function ActiveFilters({ state, onChange, labelValue }: ActiveFiltersProps) {
  if (countFilters(state) === 0) return null;
  const filters = FACET_FIELDS.flatMap((field) =>
    state.chosen[field].map((value) => ({
      key: `${field}.${value}`,
      label: labelValue(field, value),
      next: toggleValue(state, field, value),
    })),
  );
  if (state.isKeyQuoteOnly) {
    filters.push({
      key: 'key_quote',
      label: 'Key quotes',
      next: { ...state, isKeyQuoteOnly: false },
    });
  }
  return (
    <ul className={classes.filters} aria-label="Filters that are on">
      {filters.map(({ key, label, next }) => (
        <li key={key}>
          <Pill
            withRemoveButton
            onRemove={() => onChange(next)}
            removeButtonProps={{
              'aria-label': `Remove the filter ${label}`,
              tabIndex: 0,
              'aria-hidden': false,
            }}
          >
            {label}
          </Pill>
        </li>
      ))}
      <li>
        <UnstyledButton className={classes.clear} onClick={() => onChange(withoutFilters(state))}>
          Clear filters
        </UnstyledButton>
      </li>
    </ul>
  );
}
