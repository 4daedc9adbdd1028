/** Below the evidence: what was said and nobody has marked, and what was noted. */

import { Anchor, Text, Title } from '@mantine/core';
import { formatCount } from '@/lib/text';
import { getHitKey, Hit } from './Hit';
import classes from './Hits.module.css';
import type { SearchState } from './searchState';
import { type BelowKind, type SectionBelow, useSectionsBelow } from './useSearch';

const TITLES: Record<BelowKind, { title: string; explained: string; count: [string, string] }> = {
  passage: {
    title: 'Said, not yet evidence',
    explained: 'Nobody has marked these passages; they count for nothing until somebody does.',
    count: ['passage', 'passages'],
  },
  memo: {
    title: 'Memos',
    explained: 'What people on the team noted.',
    count: ['memo', 'memos'],
  },
};

interface SectionProps {
  section: SectionBelow;
  onShowAll: () => void;
}

function Section({ section, onShowAll }: SectionProps) {
  const { title, explained, count } = TITLES[section.kind];
  return (
    <section className={classes.below} aria-labelledby={`found-${section.kind}`}>
      <div className={classes.belowHead}>
        <div>
          <Title order={2} size="h4" id={`found-${section.kind}`}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {explained}
          </Text>
        </div>
        {section.total > section.hits.length ? (
          <Anchor component="button" type="button" size="sm" onClick={onShowAll}>
            All {formatCount(section.total, ...count)}
          </Anchor>
        ) : null}
      </div>
      <div className={classes.belowHits}>
        {section.hits.map((hit) => (
          <Hit key={getHitKey(hit)} hit={hit} />
        ))}
      </div>
    </section>
  );
}

interface SectionsBelowProps {
  state: SearchState;
  onChange: (state: SearchState) => void;
}

export function SectionsBelow({ state, onChange }: SectionsBelowProps) {
  return useSectionsBelow(state).map((section) => (
    <Section
      key={section.kind}
      section={section}
      onShowAll={() => onChange({ ...state, chosen: { ...state.chosen, kind: [section.kind] } })}
    />
  ));
}
