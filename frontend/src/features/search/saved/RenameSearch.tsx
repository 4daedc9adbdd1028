/** The field in which a saved search gets another name. */

import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ApiError, type SavedSearch } from '@/api';
import classes from './SavedSearches.module.css';
import { useRename } from './useSavedSearches';

interface RenameSearchProps {
  search: SavedSearch;
  onClose: () => void;
}

export function RenameSearch({ search, onClose }: RenameSearchProps) {
  const [name, setName] = useState(search.name);
  const rename = useRename();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === search.name) onClose();
    else rename.mutate({ search, name: name.trim() }, { onSuccess: onClose });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  const { error } = rename;
  return (
    <form onSubmit={submit} className={classes.rename}>
      <TextInput
        aria-label={`Another name for “${search.name}”`}
        value={name}
        maxLength={100}
        ref={field}
        error={error ? (error instanceof ApiError ? error.message : 'It was not renamed.') : null}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Group gap="xs">
        <Button type="submit" size="compact-sm" disabled={!name.trim()} loading={rename.isPending}>
          Rename
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
          Leave it
        </Button>
      </Group>
    </form>
  );
}
