/** The filters that are on, each removable with one click. */

import { Pill, UnstyledButton } from '@mantine/core';
import { formatDay } from '@/lib/time';
import classes from './ActiveFilters.module.css';
import { describeFeelings } from './feelingRange';
import {
  countFilters,
  FACET_FIELDS,
  listRequired,
  requireAll,
  type SearchState,
  toggleLeftOut,
  toggleValue,
  withoutFilters,
} from './searchState';
import type { LabelFacet } from './useFacetLabels';

interface ActiveFiltersProps {
  state: SearchState;
  onChange: (state: SearchState) => void;
  labelValue: LabelFacet;
}

interface ActiveFilter {
  key: string;
  label: string;
  /** The search without it. */
  next: SearchState;
}

function describeDays({ fromDay, toDay }: SearchState): string {
  if (!toDay) return `Since ${formatDay(fromDay)}`;
  if (!fromDay) return `Until ${formatDay(toDay)}`;
  return `${formatDay(fromDay)} – ${formatDay(toDay)}`;
}

function listFilters(state: SearchState, labelValue: LabelFacet): ActiveFilter[] {
  const { intensity } = state.chosen;
  const filters = FACET_FIELDS.flatMap((field) => [
    ...(field === 'intensity' ? [] : state.chosen[field]).map((value) => ({
      key: `${field}.${value}`,
      label: labelValue(field, value),
      next: toggleValue(state, field, value),
    })),
    ...state.leftOut[field].map((value) => ({
      key: `not_${field}.${value}`,
      label: `Not ${labelValue(field, value)}`,
      next: toggleLeftOut(state, field, value),
    })),
  ]);
  if (intensity.length > 0) {
    const next = { ...state, chosen: { ...state.chosen, intensity: [] } };
    filters.push({ key: 'intensity', label: describeFeelings(intensity), next });
  }
  for (const field of listRequired(state)) {
    const next = requireAll(state, field, false);
    filters.push({ key: `all_of.${field}`, label: `All of the ${field}s chosen`, next });
  }
  if (state.hasInsight !== null) {
    const label = state.hasInsight ? 'In an insight' : 'In no insight';
    filters.push({ key: 'has_insight', label, next: { ...state, hasInsight: null } });
  }
  if (state.fromDay || state.toDay) {
    const next = { ...state, fromDay: '', toDay: '' };
    filters.push({ key: 'days', label: describeDays(state), next });
  }
  if (state.isKeyQuoteOnly) {
    filters.push({
      key: 'key_quote',
      label: 'Key quotes',
      next: { ...state, isKeyQuoteOnly: false },
    });
  }
  return filters;
}

/** A search in a few words: "reminder, Pains, Not Focus group". */
export function describeSearch(state: SearchState, labelValue: LabelFacet): string {
  const filters = listFilters(state, labelValue).map(({ label }) => label);
  return [state.words.trim(), ...filters].filter(Boolean).join(', ');
}

export function ActiveFilters({ state, onChange, labelValue }: ActiveFiltersProps) {
  if (countFilters(state) === 0) return null;
  const filters = listFilters(state, labelValue);
  return (
    <ul className={classes.filters} aria-label="Filters that are on">
      {filters.map(({ key, label, next }) => (
        <li key={key}>
          <Pill
            className={classes.filter}
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
