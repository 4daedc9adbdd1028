/** What a search found: totals, then insights and personas, then what people said. */

import { Button, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent, RefObject } from 'react';
import type { SearchAnswer } from '@/api';
import type { ExcerptSelection } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import { getHitKey, Hit } from './Hit';
import classes from './Hits.module.css';
import { type SearchState, wantsExcerpts } from './searchState';
import { BELOW_KINDS, type SearchView } from './useSearch';

/** "34 excerpts from 11 of 18 people in 3 studies", or how much else was found. */
export function describeTotals(answer: SearchAnswer, state: SearchState): string {
  if (!wantsExcerpts(state)) {
    const { kind } = state.chosen;
    if (kind.length === 1) return formatCount(answer.total, kind[0]);
    return isBelow(state) ? `${answer.total} found` : `${answer.total} insights and personas`;
  }
  if (answer.excerpts === 0) return 'No excerpts';
  const people = formatPeople(answer.people, answer.people_total);
  const studies = formatCount(answer.studies, 'study', 'studies');
  return `${formatCount(answer.excerpts, 'excerpt')} from ${people} in ${studies}`;
}

function isBelow({ chosen: { kind } }: SearchState): boolean {
  return kind.length > 0 && kind.every((one) => BELOW_KINDS.some((below) => below === one));
}

interface ResultsProps {
  state: SearchState;
  view: SearchView;
  selection?: ExcerptSelection;
  listRef: RefObject<HTMLElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
  /** Shows all insights and personas that match, without excerpts. */
  onShowAbove: () => void;
}

export function Results({ state, view, selection, listRef, onKeyDown, onShowAbove }: ResultsProps) {
  const peopleTotal = view.answer?.people_total;
  const { above, hits, hiddenAbove } = view;
  const studies = view.answer?.facets.find((facet) => facet.field === 'study')?.values ?? [];
  const isSingleStudy = studies.length === 1;
  if (hits.length + above.length === 0) return null;
  return (
    <section
      ref={listRef}
      aria-label="Results"
      aria-busy={view.isBehind}
      className={classes.hits}
      onKeyDown={onKeyDown}
    >
      {above.length > 0 ? (
        <div
          role="feed"
          aria-label={isBelow(state) ? 'Passages and memos' : 'Insights and personas'}
          className={isBelow(state) ? classes.belowHits : classes.above}
        >
          {above.map((hit) => (
            <Hit key={getHitKey(hit)} hit={hit} peopleTotal={peopleTotal} />
          ))}
        </div>
      ) : null}
      {hiddenAbove > 0 ? (
        <UnstyledButton className={classes.moreAbove} onClick={onShowAbove}>
          All {above.length + hiddenAbove} insights and personas about this
        </UnstyledButton>
      ) : null}
      {hits.length > 0 ? (
        <div role="feed" aria-label="Excerpts" className={classes.quotes}>
          {hits.map((hit) => (
            <Hit key={getHitKey(hit)} hit={hit} selection={selection} isCompact={isSingleStudy} />
          ))}
        </div>
      ) : null}
      {view.hasMore ? (
        <div className={classes.end}>
          <Button variant="default" loading={view.isLoadingMore} onClick={view.loadMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </section>
  );
}
