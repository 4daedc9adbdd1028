/** What a search found: totals, then insights and personas, then what people said. */

import { Button } from '@mantine/core';
import type { KeyboardEvent, RefObject } from 'react';
import type { SearchAnswer } from '@/api';
import type { ExcerptSelection } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import { getHitKey, Hit } from './Hit';
import classes from './Hits.module.css';
import type { SearchView } from './useSearch';

/** "34 excerpts from 11 of 18 people in 3 studies". */
export function describeTotals(answer: SearchAnswer): string {
  const people = formatPeople(answer.people, answer.people_total);
  const studies = formatCount(answer.studies, 'study', 'studies');
  return `${formatCount(answer.excerpts, 'excerpt')} from ${people} in ${studies}`;
}

interface ResultsProps {
  view: SearchView;
  selection?: ExcerptSelection;
  listRef: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
}

export function Results({ view, selection, listRef, onKeyDown }: ResultsProps) {
  const peopleTotal = view.answer?.people_total;
  if (view.hits.length + view.above.length === 0) return null;
  return (
    <>
      <div
        ref={listRef}
        role="feed"
        aria-label="Results"
        aria-busy={view.isBehind}
        className={classes.hits}
        onKeyDown={onKeyDown}
      >
        {view.above.length > 0 ? (
          <div className={classes.above}>
            {view.above.map((hit) => (
              <Hit key={getHitKey(hit)} hit={hit} peopleTotal={peopleTotal} />
            ))}
          </div>
        ) : null}
        <div className={classes.quotes}>
          {view.hits.map((hit) => (
            <Hit key={getHitKey(hit)} hit={hit} selection={selection} />
          ))}
        </div>
      </div>
      {view.hasMore ? (
        <div className={classes.end}>
          <Button variant="default" loading={view.isLoadingMore} onClick={view.loadMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}
