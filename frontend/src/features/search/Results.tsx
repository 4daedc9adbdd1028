/** What a search found: totals, then what rests on evidence, then what people said. */

import { Button, Checkbox, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Excerpt, SearchAnswer, SearchHit } from '@/api';
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
    return isBelow(state) ? `${answer.total} found` : `${answer.total} ${nameKinds(kind)}`;
  }
  if (answer.excerpts === 0) return 'No excerpts';
  const excerpts = formatCount(answer.excerpts, 'excerpt');
  const studies = formatCount(answer.studies, 'study', 'studies');
  // "0 of 0 people" would read like nobody spoke.
  if (answer.people_total === 0) return `${excerpts} in ${studies}, no participant named yet`;
  return `${excerpts} from ${formatPeople(answer.people, answer.people_total)} in ${studies}`;
}

/** "insights, personas and claims". */
function nameKinds(kinds: readonly string[]): string {
  const names = kinds.map((kind) => `${kind}s`);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

function isBelow({ chosen: { kind } }: SearchState): boolean {
  return kind.length > 0 && kind.every((one) => BELOW_KINDS.some((below) => below === one));
}

interface ResultsProps {
  state: SearchState;
  view: SearchView;
  selection: ExcerptSelection;
  /** Shows all insights and claims that match, without excerpts. */
  onShowAbove: () => void;
}

/** How many of the excerpts on the page are chosen, and a box to choose all or none of them. */
function SelectAll({ excerpts, selection }: { excerpts: Excerpt[]; selection: ExcerptSelection }) {
  const chosen = excerpts.filter((excerpt) => selection.has(excerpt.id)).length;
  const isAll = chosen === excerpts.length;
  return (
    <Checkbox
      size="xs"
      className={classes.selectAll}
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={() => selection.set(excerpts, !isAll)}
      label={`Select ${excerpts.length === 1 ? 'the one' : `all ${excerpts.length}`} shown here`}
    />
  );
}

/** Each once: what comes in while somebody reads moves others to the next page. */
function dropRepeated(hits: readonly SearchHit[]): SearchHit[] {
  return [...new Map(hits.map((hit) => [getHitKey(hit), hit])).values()];
}

interface QuotesProps {
  hits: SearchHit[];
  total: number;
  selection: ExcerptSelection;
  isCompact: boolean;
  /** Fetches the next page; left out on the last. */
  onMore?: () => void;
}

function Quotes({ hits, total, selection, isCompact, onMore }: QuotesProps) {
  const excerpts = hits.flatMap(({ excerpt }) => excerpt ?? []);
  const selectionOf = (excerpt: Excerpt) => ({
    isSelected: selection.has(excerpt.id),
    onToggle: (isRange: boolean) =>
      isRange ? selection.toggleTo(excerpt, excerpts) : selection.toggle(excerpt),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const isLast = event.target === event.currentTarget.lastElementChild;
    if (event.key !== 'ArrowDown' || !isLast || !onMore) return;
    // The next press goes on with what has come by then.
    event.preventDefault();
    event.stopPropagation();
    onMore();
  };
  return (
    <>
      <SelectAll excerpts={excerpts} selection={selection} />
      <div role="feed" aria-label="Excerpts" className={classes.quotes} onKeyDown={onKeyDown}>
        {hits.map((hit, index) => (
          <Hit
            key={getHitKey(hit)}
            hit={hit}
            place={{ index, count: total }}
            selection={hit.excerpt ? selectionOf(hit.excerpt) : undefined}
            isCompact={isCompact}
          />
        ))}
      </div>
    </>
  );
}

export function Results({ state, view, selection, onShowAbove }: ResultsProps) {
  const peopleTotal = view.answer?.people_total;
  const { above, hits, hiddenAbove } = view;
  const studies = view.answer?.facets.find((facet) => facet.field === 'study')?.values ?? [];
  const isSingleStudy = studies.length === 1;
  if (hits.length + above.length === 0) return null;
  return (
    <section aria-label="Results" aria-busy={view.isBehind} className={classes.hits}>
      {above.length > 0 ? (
        <div
          role="feed"
          aria-label={isBelow(state) ? 'Passages and memos' : 'Insights and claims'}
          className={isBelow(state) ? classes.belowHits : classes.above}
        >
          {above.map((hit) => (
            <Hit key={getHitKey(hit)} hit={hit} peopleTotal={peopleTotal} />
          ))}
        </div>
      ) : null}
      {hiddenAbove > 0 ? (
        <UnstyledButton className={classes.moreAbove} onClick={onShowAbove}>
          All {above.length + hiddenAbove} insights and claims about this
        </UnstyledButton>
      ) : null}
      {hits.length > 0 ? (
        <Quotes
          hits={dropRepeated(hits)}
          total={view.answer?.excerpts ?? -1}
          selection={selection}
          isCompact={isSingleStudy}
          onMore={view.hasMore ? view.loadMore : undefined}
        />
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
