/** Ways to narrow a search, each with what it would find. */

import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { Facet } from '@/api';
import { FacetGroup, type FacetGroupProps } from './FacetGroup';
import classes from './Facets.module.css';
import { FeelingChoice } from './FeelingChoice';
import { type FacetGroup as Group, listFacetGroups } from './facetGroups';
import { PeopleChoice } from './PeopleChoice';
import {
  canRequireAll,
  requireAll,
  type SearchState,
  toggleLeftOut,
  toggleValue,
  wantsExcerpts,
} from './searchState';
import type { LabelFacet } from './useFacetLabels';

interface FacetsProps {
  facets: readonly Facet[];
  state: SearchState;
  onChange: (state: SearchState) => void;
  labelValue: LabelFacet;
}

const INSIGHT_CHOICES = [
  { value: 'any', label: 'Any' },
  { value: 'true', label: 'In one' },
  { value: 'false', label: 'In none' },
];

function InsightChoice({ state, onChange }: Pick<FacetsProps, 'state' | 'onChange'>) {
  const read = (value: string) => (value === 'any' ? null : value === 'true');
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>Insight</legend>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Whether an insight rests on it"
        data={INSIGHT_CHOICES}
        value={state.hasInsight === null ? 'any' : String(state.hasInsight)}
        onChange={(value) => onChange({ ...state, hasInsight: read(value) })}
      />
    </fieldset>
  );
}

function DayChoice({ state, onChange }: Pick<FacetsProps, 'state' | 'onChange'>) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>Marked</legend>
      <div className={classes.days}>
        <TextInput
          type="date"
          size="xs"
          label="From"
          className={classes.day}
          value={state.fromDay}
          max={state.toDay || undefined}
          onChange={(event) => onChange({ ...state, fromDay: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          size="xs"
          label="To"
          className={classes.day}
          value={state.toDay}
          min={state.fromDay || undefined}
          onChange={(event) => onChange({ ...state, toDay: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

interface ChoiceProps extends Omit<FacetsProps, 'facets'> {
  group: Group;
  countsExcerpts: boolean;
}

/** Any of the chosen values or all of them, where an excerpt may have several. */
function getRequirement({ group: { field }, state, onChange }: ChoiceProps) {
  if (!canRequireAll(state, field)) return undefined;
  return {
    isAll: state.allOf.includes(field),
    onChange: (isAll: boolean) => onChange(requireAll(state, field, isAll)),
  };
}

/** One facet in its own shape: a list, a list with a search in it, or a range. */
function Choice(props: ChoiceProps) {
  const { group, state, onChange, labelValue, countsExcerpts } = props;
  const { field } = group;
  if (field === 'intensity') {
    const choose = (values: string[]) =>
      onChange({ ...state, chosen: { ...state.chosen, intensity: values } });
    return (
      <FeelingChoice
        {...{ group, countsExcerpts }}
        chosen={state.chosen.intensity}
        onChange={choose}
      />
    );
  }
  const list: FacetGroupProps = {
    group,
    countsExcerpts,
    requirement: getRequirement(props),
    onToggle: (value) => onChange(toggleValue(state, field, value)),
    onLeaveOut: (value) => onChange(toggleLeftOut(state, field, value)),
  };
  if (field === 'participant') return <PeopleChoice {...{ state, labelValue }} {...list} />;
  return <FacetGroup {...list} />;
}

/** Whether this server counts people for each choice; not all do. */
function hasPeople(facets: readonly Facet[]): boolean {
  const found = facets.flatMap(({ values }) => values).filter(({ excerpts }) => excerpts > 0);
  return found.length === 0 || found.some(({ people }) => people !== null);
}

export function Facets({ facets, state, onChange, labelValue }: FacetsProps) {
  const countsExcerpts = wantsExcerpts(state);
  const countsPeople = hasPeople(facets);
  return (
    <div>
      <p className={classes.legend} aria-hidden>
        {countsExcerpts && countsPeople ? <span className={classes.people}>people</span> : null}
        <span className={classes.excerpts}>{countsExcerpts ? 'excerpts' : 'found'}</span>
      </p>
      {countsExcerpts && !countsPeople ? (
        <p className={classes.note}>
          The search server counts excerpts for each choice, not people: choose one to see how many
          people there are.
        </p>
      ) : null}
      {listFacetGroups(facets, state, labelValue).map((group) => (
        <Choice key={group.key} {...{ group, state, onChange, labelValue, countsExcerpts }} />
      ))}
      <InsightChoice state={state} onChange={onChange} />
      <DayChoice state={state} onChange={onChange} />
      <Switch
        label="Key quotes only"
        size="sm"
        checked={state.isKeyQuoteOnly}
        onChange={(event) => onChange({ ...state, isKeyQuoteOnly: event.currentTarget.checked })}
      />
    </div>
  );
}
