/** One facet: its values with how many people and excerpts each has. */

import { ActionIcon, Checkbox, SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { QuadrantId } from '@/lib/quadrants';
import { formatCount } from '@/lib/text';
import { formatPeople, QuadrantIcon } from '@/ui';
import classes from './Facets.module.css';
import { type FacetGroup as Group, pickShown, type ShownValue } from './facetGroups';
import { canLeaveOut } from './searchState';

export const SHOWN_COUNT = 6;

export interface FacetGroupProps {
  group: Group;
  /** False where only insights and personas are searched: those are counted, not people. */
  countsExcerpts: boolean;
  /** Any of the chosen values or all of them; left out where there is no such choice. */
  requirement?: { isAll: boolean; onChange: (isAll: boolean) => void };
  onToggle: (value: string) => void;
  onLeaveOut: (value: string) => void;
  /** Stands above the values. */
  children?: ReactNode;
}

interface ValueProps extends FacetGroupProps {
  value: ShownValue;
}

function describeValue({ group, countsExcerpts, value }: ValueProps): string {
  const { label, people, excerpts } = value;
  if (group.field === 'kind' || !countsExcerpts) return `${label}: ${excerpts} found`;
  const counted = `${label}: ${formatCount(excerpts, 'excerpt')}`;
  return people === null ? counted : `${counted} from ${formatPeople(people)}`;
}

function Sign({ group, value }: Pick<ValueProps, 'group' | 'value'>) {
  if (group.field === 'quadrant') {
    return <QuadrantIcon quadrant={value.value as QuadrantId} size={16} />;
  }
  if (!value.colour) return null;
  return <span className={classes.dot} style={{ background: value.colour }} />;
}

function Counts({ group, countsExcerpts, value: { people, excerpts } }: ValueProps) {
  const hasPeople = group.field !== 'kind' && countsExcerpts && people !== null;
  return (
    <>
      {hasPeople ? <span className={classes.people}>{people}</span> : null}
      <span className={classes.excerpts}>{excerpts}</span>
    </>
  );
}

function LeaveOutButton({ group, value, onLeaveOut }: ValueProps) {
  if (!canLeaveOut(group.field)) return <span className={classes.noLeaveOut} aria-hidden />;
  const label = value.is_left_out ? `Allow ${value.label} again` : `Leave out ${value.label}`;
  return (
    <ActionIcon
      size="sm"
      variant={value.is_left_out ? 'light' : 'subtle'}
      color={value.is_left_out ? 'red' : 'gray'}
      className={classes.leaveOut}
      aria-label={label}
      aria-pressed={value.is_left_out}
      title={label}
      onClick={() => onLeaveOut(value.value)}
    >
      <IconBan size={14} aria-hidden />
    </ActionIcon>
  );
}

function Value(props: ValueProps) {
  const { group, value, onToggle } = props;
  return (
    <li className={classes.item} data-is-left-out={value.is_left_out || undefined}>
      <Checkbox
        size="xs"
        checked={value.is_selected}
        onChange={() => onToggle(value.value)}
        aria-label={describeValue(props)}
        classNames={{
          root: classes.choice,
          body: classes.row,
          labelWrapper: classes.rowLabel,
          label: classes.label,
        }}
        label={
          <span className={classes.value} aria-hidden>
            <Sign group={group} value={value} />
            <span className={classes.name} title={value.label}>
              {value.label}
            </span>
            <Counts {...props} />
          </span>
        }
      />
      <LeaveOutButton {...props} />
    </li>
  );
}

/** Whether one of the chosen values is enough. */
function AnyOrAll({ group, requirement }: Pick<FacetGroupProps, 'group' | 'requirement'>) {
  if (!requirement) return null;
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      mb={4}
      aria-label={`${group.title}: any or all of what is chosen`}
      data={[
        { value: 'any', label: 'Any of these' },
        { value: 'all', label: 'All of these' },
      ]}
      value={requirement.isAll ? 'all' : 'any'}
      onChange={(value) => requirement.onChange(value === 'all')}
    />
  );
}

export function FacetGroup(props: FacetGroupProps) {
  const { group } = props;
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? group.values : pickShown(group.values, SHOWN_COUNT);
  const hasMore = group.values.length > pickShown(group.values, SHOWN_COUNT).length;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>{group.title}</legend>
      <AnyOrAll group={group} requirement={props.requirement} />
      {props.children}
      <ul className={classes.values}>
        {shown.map((value) => (
          <Value key={value.value} {...props} value={value} />
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
