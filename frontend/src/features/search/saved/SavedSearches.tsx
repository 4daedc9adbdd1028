/** The reader's saved searches on the search page, with what is new in each. */

import { ActionIcon, Title, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { SavedSearch } from '@/api';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import landing from '../Landing.module.css';
import { fromQuery, type SearchState } from '../searchState';
import classes from './SavedSearches.module.css';
import { useSavedSearchChanges, useSavedSearches } from './useSavedSearches';

interface SavedSearchesProps {
  onChange: (state: SearchState) => void;
}

function SavedSearchItem({ search, onChange }: SavedSearchesProps & { search: SavedSearch }) {
  const { see, remove } = useSavedSearchChanges();
  const open = () => {
    if (search.new_excerpts > 0) see.mutate(search);
    onChange(fromQuery(search.question));
  };
  return (
    <li className={classes.item}>
      <UnstyledButton className={classes.open} onClick={open}>
        <span className={classes.name}>{search.name}</span>
        <span className={classes.found}>
          {formatCount(search.excerpts, 'excerpt')} from {formatPeople(search.people)}
        </span>
        {search.new_excerpts > 0 ? (
          <span className={classes.fresh}>{search.new_excerpts} new</span>
        ) : null}
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Save “${search.name}” no longer`}
        onClick={() => remove.mutate(search)}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}

export function SavedSearches({ onChange }: SavedSearchesProps) {
  const { data: searches } = useSavedSearches();
  if (!searches || searches.length === 0) return null;
  return (
    <section aria-labelledby="saved-searches">
      <Title order={2} id="saved-searches" className={landing.heading}>
        Your saved searches
      </Title>
      <ul className={classes.list}>
        {searches.map((search) => (
          <SavedSearchItem key={search.id} search={search} onChange={onChange} />
        ))}
      </ul>
    </section>
  );
}
