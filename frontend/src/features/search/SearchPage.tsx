/** Search: one large box over everything that was heard; the whole search is in the address. */

import { Button, Loader, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { searchExportUrl } from '@/api';
import { useKeysHelp } from '@/app/keysHelp';
import { useWorkspace } from '@/app/workspace';
import { type ExcerptSelection, SelectionBar, useKeptSelection } from '@/features/evidence';
import { ErrorNotice, Loading, PageBody } from '@/ui';
import { ActiveFilters, describeSearch } from './ActiveFilters';
import { AlsoSearched } from './AlsoSearched';
import { CloseInMeaning } from './CloseInMeaning';
import { Facets } from './Facets';
import { FewerWords } from './FewerWords';
import { FilterSheet } from './FilterSheet';
import { Landing } from './Landing';
import { NoHits } from './NoHits';
import { QuickHits } from './QuickHits';
import { useNoteSearch } from './questions/useNoteSearch';
import { describeTotals, Results } from './Results';
import { SearchBox } from './SearchBox';
import classes from './SearchPage.module.css';
import { SectionsBelow } from './SectionsBelow';
import { SaveSearch } from './saved/SaveSearch';
import { SEARCH_KEYS } from './searchKeys';
import { countFilters, isBlank, type SearchState, toQuery } from './searchState';
import { useFacetLabels } from './useFacetLabels';
import { type HitKeys, useHitKeys } from './useHitKeys';
import { usePeople } from './usePeople';
import { CARD_KINDS, useSearch } from './useSearch';
import { type SearchAddress, useSearchAddress } from './useSearchAddress';

interface FoundProps {
  address: SearchAddress;
  hitKeys: HitKeys;
  selection: ExcerptSelection;
}

/** Everything that the question finds, as a table. */
function ExportAll({ state }: { state: SearchState }) {
  const { id } = useWorkspace();
  return (
    <Button
      component="a"
      href={searchExportUrl(id, toQuery(state))}
      download
      size="compact-sm"
      variant="subtle"
      leftSection={<IconDownload size={15} aria-hidden />}
      title="All excerpts that were found, as a table"
    >
      CSV
    </Button>
  );
}

function Found({ address, hitKeys, selection }: FoundProps) {
  const { state, change } = address;
  const view = useSearch(state);
  const people = usePeople(state);
  const labelValue = useFacetLabels(people);
  const { answer } = view;
  if (view.error && !answer) {
    return (
      <ErrorNotice error={view.error} title="The search could not be made." onRetry={view.retry} />
    );
  }
  if (!answer) {
    return (
      <div className={classes.found}>
        <div className={classes.facets} />
        <Loading label="Searching" rowHeight={90} />
      </div>
    );
  }
  const facets = (
    <Facets
      facets={people ? [...answer.facets, people] : answer.facets}
      state={state}
      onChange={change}
      labelValue={labelValue}
    />
  );
  const isEmpty = view.hits.length + view.above.length === 0;
  return (
    <div className={classes.found}>
      <section className={classes.facets} aria-label="Filters">
        {facets}
      </section>
      <div className={classes.results}>
        <div className={classes.summary}>
          <Text fw={600} role="status" aria-live="polite" className={classes.total}>
            {describeTotals(answer, state)}
          </Text>
          {view.isBehind ? <Loader size="xs" aria-label="Searching" /> : null}
          <SaveSearch state={state} proposal={describeSearch(state, labelValue)} />
          {answer.excerpts > 0 ? <ExportAll state={state} /> : null}
          <FilterSheet filterCount={countFilters(state)} excerptCount={answer.excerpts}>
            {facets}
          </FilterSheet>
        </div>
        <ActiveFilters state={state} onChange={change} labelValue={labelValue} />
        <QuickHits hits={view.quick} peopleTotal={answer.people_total} />
        {isEmpty ? null : <FewerWords answer={answer} />}
        <AlsoSearched also={answer.also_searched} state={state} onChange={change} />
        {view.error ? <ErrorNotice error={view.error} onRetry={view.retry} /> : null}
        {isEmpty && !view.isBehind ? <NoHits state={state} onChange={change} /> : null}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the hits */}
        <div ref={hitKeys.listRef} onFocus={hitKeys.onListFocus} onKeyDown={hitKeys.onListKeyDown}>
          <Results
            state={state}
            view={view}
            selection={selection}
            onShowAbove={() =>
              change({ ...state, chosen: { ...state.chosen, kind: [...CARD_KINDS] } })
            }
          />
          <CloseInMeaning state={state} selection={selection} />
          <SectionsBelow state={state} onChange={change} />
        </div>
      </div>
    </div>
  );
}

/** Whoever opens the page with a keyboard at hand can type at once. */
function useReadyBox(boxRef: HitKeys['boxRef'], isBlankAtFirst: boolean) {
  const [isWanted] = useState(isBlankAtFirst && window.matchMedia('(hover: hover)').matches);
  useEffect(() => {
    if (!isWanted) return;
    // After the frame has given the focus to the page.
    const frame = requestAnimationFrame(() => boxRef.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, [isWanted, boxRef]);
}

export function SearchPage() {
  const address = useSearchAddress();
  const hitKeys = useHitKeys();
  const selection = useKeptSelection('search');
  useKeysHelp(SEARCH_KEYS);
  const { words } = address.state;
  useNoteSearch(address.state);
  useReadyBox(hitKeys.boxRef, isBlank(address.state));
  useEffect(() => {
    document.title = words.trim() ? `${words.trim()} · Search · Earshot` : 'Search · Earshot';
  }, [words]);
  return (
    <PageBody>
      <h1 className="only-for-screen-readers">Search</h1>
      <div className={classes.box}>
        <SearchBox
          words={address.typed}
          onChange={address.type}
          onKeyDown={hitKeys.onBoxKeyDown}
          boxRef={hitKeys.boxRef}
        />
      </div>
      {isBlank(address.state) ? (
        <Landing onChange={address.change} />
      ) : (
        <Found address={address} hitKeys={hitKeys} selection={selection} />
      )}
      <div className={classes.selection}>
        <SelectionBar selection={selection} />
      </div>
    </PageBody>
  );
}
