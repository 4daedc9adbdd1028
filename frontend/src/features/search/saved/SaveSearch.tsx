/** Keeps the search that is on the page, under a name. */

import { Button, Checkbox, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkFilled } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SavedSearch } from '@/api';
import { ErrorNotice } from '@/ui';
import type { SearchState } from '../searchState';
import {
  isSameSearch,
  useDigestSwitch,
  useSavedSearchChanges,
  useSavedSearches,
} from './useSavedSearches';

interface SaveSearchProps {
  state: SearchState;
  /** What to call it unless the reader says otherwise. */
  proposal: string;
}

export function SaveSearch({ state, proposal }: SaveSearchProps) {
  const saved = useSavedSearches().data?.find((search) => isSameSearch(search, state));
  const { save, remove } = useSavedSearchChanges();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const [isForDigest, setIsForDigest] = useState(false);
  const digest = useDigestSwitch();
  const open = () => {
    save.reset();
    setName(proposal.slice(0, 100));
    setIsForDigest(false);
    setIsOpen(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = (search: SavedSearch) => {
      setIsOpen(false);
      if (isForDigest) digest.mutate(search);
    };
    save.mutate({ name: name.trim(), state }, { onSuccess });
  };
  const Sign = saved ? IconBookmarkFilled : IconBookmark;
  const label = saved ? `Saved as “${saved.name}”: save no longer` : 'Save this search';
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus width={300}>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Sign size={16} aria-hidden />}
          aria-label={label}
          title={label}
          aria-pressed={saved !== undefined}
          onClick={() => (saved ? remove.mutate(saved) : open())}
        >
          {saved ? 'Saved' : 'Save'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="xs">
            {save.error ? (
              <ErrorNotice title="The search was not saved." error={save.error} />
            ) : null}
            <TextInput
              label="Name"
              data-autofocus
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox
              label="Put it into my weekly digest"
              checked={isForDigest}
              onChange={(event) => setIsForDigest(event.currentTarget.checked)}
            />
            <Text size="xs" c="dimmed">
              Only you see your saved searches. Their page tells what was marked since you last
              looked.
            </Text>
            <Button type="submit" disabled={!name.trim()} loading={save.isPending}>
              Save the search
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
