/** One facet: its values with how many people and excerpts each has. */

import { Checkbox, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { FacetValue } from '@/api';
import type { QuadrantId } from '@/lib/quadrants';
import { formatCount } from '@/lib/text';
import { formatPeople, QuadrantIcon } from '@/ui';
import classes from './Facets.module.css';
import { type FacetGroup as Group, pickShown } from './facetGroups';

const SHOWN_COUNT = 6;

interface FacetGroupProps {
  group: Group;
  onToggle: (value: string) => void;
}

function describeValue({ label, people, excerpts }: FacetValue): string {
  const counted = formatCount(excerpts, 'excerpt');
  return people === null
    ? `${label}: ${counted}`
    : `${label}: ${counted} from ${formatPeople(people)}`;
}

function Sign({ group, value }: { group: Group; value: FacetValue }) {
  if (group.field === 'quadrant') {
    return <QuadrantIcon quadrant={value.value as QuadrantId} size={16} />;
  }
  if (!value.colour) return null;
  return <span className={classes.dot} style={{ background: value.colour }} />;
}

function Counts({ group, value }: { group: Group; value: FacetValue }) {
  const { people, excerpts } = value;
  // Insights and personas are not excerpts: only how many there are.
  if (group.field === 'kind' || people === null) {
    return <span className={classes.people}>{excerpts}</span>;
  }
  return (
    <>
      <span className={classes.people}>{people}</span>
      <span className={classes.excerpts}>{excerpts}</span>
    </>
  );
}

function Value({ group, value, onToggle }: FacetGroupProps & { value: FacetValue }) {
  return (
    <li>
      <Checkbox
        size="xs"
        checked={value.is_selected}
        onChange={() => onToggle(value.value)}
        aria-label={group.field === 'kind' ? value.label : describeValue(value)}
        classNames={{ body: classes.row, labelWrapper: classes.rowLabel, label: classes.label }}
        label={
          <span className={classes.value} aria-hidden>
            <Sign group={group} value={value} />
            <span className={classes.name}>{value.label}</span>
            <Counts group={group} value={value} />
          </span>
        }
      />
    </li>
  );
}

export function FacetGroup({ group, onToggle }: FacetGroupProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? group.values : pickShown(group.values, SHOWN_COUNT);
  const hasMore = group.values.length > pickShown(group.values, SHOWN_COUNT).length;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>{group.title}</legend>
      <ul className={classes.values}>
        {shown.map((value) => (
          <Value key={value.value} group={group} value={value} onToggle={onToggle} />
        ))}
      </ul>
      {hasMore ? (
        <UnstyledButton
          className={classes.more}
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer' : `Show all ${group.values.length}`}
        </UnstyledButton>
      ) : null}
    </fieldset>
  );
}
