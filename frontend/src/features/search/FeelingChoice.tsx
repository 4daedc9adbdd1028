/** Strength of feeling: a range between two thumbs, under what each step would find. */

import { RangeSlider, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { formatStrength, STRENGTHS } from '@/lib/strengths';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import facetClasses from './Facets.module.css';
import classes from './FeelingChoice.module.css';
import type { FacetGroup, ShownValue } from './facetGroups';
import {
  ANY_FEELING,
  describeFeelings,
  type FeelingRange,
  nameStrength,
  readRange,
  writeRange,
} from './feelingRange';

interface FeelingChoiceProps {
  group: FacetGroup;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** False where only insights and personas are searched: those are counted, not people. */
  countsExcerpts: boolean;
}

interface StepProps {
  strength: number;
  found?: ShownValue;
  /** The most that any step finds. */
  most: number;
  isInside: boolean;
  isOnly: boolean;
  countsExcerpts: boolean;
  onClick: () => void;
}

/** What a bar shows: people, where the server counts them. */
function getAmount(found?: ShownValue): number {
  return found ? (found.people ?? found.excerpts) : 0;
}

function describeStep({ strength, found, countsExcerpts }: StepProps): string {
  const excerpts = found?.excerpts ?? 0;
  if (!countsExcerpts) return `Only ${nameStrength(strength)}: ${excerpts} found`;
  const people = found?.people ?? null;
  const from = people === null ? '' : ` from ${formatPeople(people)}`;
  return `Only ${nameStrength(strength)}: ${formatCount(excerpts, 'excerpt')}${from}`;
}

/** One strength: how much there is of it, as a bar and in numbers; a click chooses it alone. */
function Step(props: StepProps) {
  const { found, most, isInside, isOnly, countsExcerpts, onClick } = props;
  const label = describeStep(props);
  const people = countsExcerpts ? found?.people : null;
  return (
    <div className={classes.step} data-is-inside={isInside || undefined}>
      <UnstyledButton
        className={classes.only}
        aria-pressed={isOnly}
        aria-label={label}
        title={label}
        onClick={onClick}
      />
      <span className={classes.room} aria-hidden>
        <span
          className={classes.bar}
          style={{ height: `${most > 0 ? (100 * getAmount(found)) / most : 0}%` }}
        />
      </span>
      {found && people != null ? (
        <span className={classes.people} aria-hidden>
          {people}
        </span>
      ) : null}
      <span className={classes.excerpts} aria-hidden>
        {found?.excerpts ?? 0}
      </span>
    </div>
  );
}

/** While a thumb is dragged the search stays as it is; it is narrowed when the thumb is let go. */
function useDraft(chosen: readonly string[]) {
  const [low, high] = readRange(chosen);
  const [draft, setDraft] = useState<FeelingRange | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice replaces the draft
  useEffect(() => setDraft(null), [low, high]);
  return { range: draft ?? ([low, high] as const), setDraft };
}

/** Home and End, which the slider itself leaves out: as far as its thumb can go. */
function getFarthest(key: string, thumb: 0 | 1, [low, high]: FeelingRange): FeelingRange | null {
  const [first, last] = ANY_FEELING;
  if (key === 'Home') return thumb === 0 ? [first, high] : [low, low];
  if (key === 'End') return thumb === 0 ? [high, high] : [low, last];
  return null;
}

export function FeelingChoice({ group, chosen, onChange, countsExcerpts }: FeelingChoiceProps) {
  const { range, setDraft } = useDraft(chosen);
  const [low, high] = range;
  const find = (strength: number) =>
    group.values.find(({ value, excerpts }) => Number(value) === strength && excerpts > 0);
  const most = Math.max(...group.values.map(getAmount));
  const inWords = chosen.length > 0 ? describeFeelings(chosen) : 'Any feeling, or none noted';
  const pressThumb = (event: KeyboardEvent, thumb: 0 | 1) => {
    const farthest = getFarthest(event.key, thumb, range);
    if (!farthest) return;
    event.preventDefault();
    onChange(writeRange(farthest));
  };
  const isOnly = (strength: number) => chosen.length === 1 && Number(chosen[0]) === strength;
  return (
    <fieldset className={facetClasses.group}>
      <legend className={facetClasses.title}>{group.title}</legend>
      <div className={classes.steps}>
        {STRENGTHS.map(({ value: strength }) => (
          <Step
            key={strength}
            strength={strength}
            found={find(strength)}
            most={most}
            isInside={strength >= low && strength <= high}
            isOnly={isOnly(strength)}
            countsExcerpts={countsExcerpts}
            onClick={() => onChange(isOnly(strength) ? [] : [String(strength)])}
          />
        ))}
      </div>
      <RangeSlider
        classNames={{ root: classes.slider, markLabel: classes.mark }}
        size="sm"
        thumbSize={18}
        min={ANY_FEELING[0]}
        max={ANY_FEELING[1]}
        step={1}
        minRange={0}
        label={null}
        marks={STRENGTHS.map(({ value }) => ({ value, label: formatStrength(value) }))}
        value={[low, high]}
        onChange={setDraft}
        onChangeEnd={(next) => onChange(writeRange(next))}
        thumbProps={(thumb) => ({ onKeyDown: (event) => pressThumb(event, thumb) })}
        thumbFromLabel="Feelings from"
        thumbToLabel="Feelings to"
        thumbValueText={nameStrength}
      />
      <p className={classes.words}>{inWords}</p>
    </fieldset>
  );
}
