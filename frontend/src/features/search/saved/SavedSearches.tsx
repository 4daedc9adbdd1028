/** The reader's saved searches on the search page, with what is new in each. */

import { Button, Title, UnstyledButton } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedSearch, SavedSearchCount } from '@/api';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import landing from '../Landing.module.css';
import { fromQuery, type SearchState } from '../searchState';
import { RenameSearch } from './RenameSearch';
import classes from './SavedSearches.module.css';
import { SavedSearchMenu } from './SavedSearchMenu';
import {
  COUNTED_AT_ONCE,
  useSavedCounts,
  useSavedSearchChanges,
  useSavedSearches,
} from './useSavedSearches';

interface SavedSearchesProps {
  onChange: (state: SearchState) => void;
}

interface ItemProps extends SavedSearchesProps {
  search: SavedSearch;
  /** Nothing while it is counted. */
  count?: SavedSearchCount;
  peopleTotal: number;
}

function Found({ count, peopleTotal }: Pick<ItemProps, 'count' | 'peopleTotal'>) {
  if (!count) return <span className={classes.found}>&nbsp;</span>;
  return (
    <span className={classes.found}>
      {formatCount(count.excerpts, 'excerpt')} from {formatPeople(count.people, peopleTotal)}
    </span>
  );
}

function SavedSearchItem({ search, count, peopleTotal, onChange }: ItemProps) {
  const { see } = useSavedSearchChanges();
  const [isRenaming, setIsRenaming] = useState(false);
  const open = () => {
    if (count?.new_excerpts) see.mutate(search);
    onChange(fromQuery(search.question));
  };
  if (isRenaming) {
    return (
      <li className={classes.item}>
        <RenameSearch search={search} onClose={() => setIsRenaming(false)} />
      </li>
    );
  }
  return (
    <li className={classes.item}>
      <UnstyledButton className={classes.open} onClick={open}>
        <span className={classes.name}>
          {search.name}
          {search.is_in_digest ? (
            <IconMail size={15} className={classes.mail} aria-label="in your weekly digest" />
          ) : null}
        </span>
        <Found count={count} peopleTotal={peopleTotal} />
        {count?.new_excerpts ? (
          <span className={classes.fresh}>{count.new_excerpts} new</span>
        ) : null}
      </UnstyledButton>
      <SavedSearchMenu
        search={search}
        hasNews={Boolean(count?.new_excerpts)}
        onRename={() => setIsRenaming(true)}
      />
    </li>
  );
}

export function SavedSearches({ onChange }: SavedSearchesProps) {
  const { data: searches = [] } = useSavedSearches();
  const [shownCount, setShownCount] = useState(COUNTED_AT_ONCE);
  const shown = searches.slice(0, shownCount);
  const counts = useSavedCounts(shown);
  if (searches.length === 0) return null;
  return (
    <section aria-labelledby="saved-searches">
      <Title order={2} id="saved-searches" className={landing.heading}>
        Your saved searches
      </Title>
      <ul className={classes.list} aria-labelledby="saved-searches">
        {shown.map((search) => (
          <SavedSearchItem
            key={search.id}
            search={search}
            count={counts.byId.get(search.id)}
            peopleTotal={counts.peopleTotal}
            onChange={onChange}
          />
        ))}
      </ul>
      {shown.length < searches.length ? (
        <Button
          variant="subtle"
          mt="xs"
          onClick={() => setShownCount(shownCount + 2 * COUNTED_AT_ONCE)}
        >
          Show more, of {searches.length}
        </Button>
      ) : null}
    </section>
  );
}
