/** What can be done with a saved search, beside opening it. */

import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconEye,
  IconLink,
  IconMail,
  IconMailOff,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import type { SavedSearch } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { fromQuery, writeSearchState } from '../searchState';
import {
  useDigestSwitch,
  useMove,
  useSavedSearchChanges,
  useSavedSearches,
} from './useSavedSearches';

interface SavedSearchMenuProps {
  search: SavedSearch;
  hasNews: boolean;
  onRename: () => void;
}

function moved(searches: readonly SavedSearch[], from: number, to: number): SavedSearch[] {
  const order = [...searches];
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}

export function SavedSearchMenu({ search, hasNews, onRename }: SavedSearchMenuProps) {
  const { id } = useWorkspace();
  const { data: all = [] } = useSavedSearches();
  const { remove, see } = useSavedSearchChanges();
  const digest = useDigestSwitch();
  const move = useMove();
  const clipboard = useClipboard();
  const place = all.findIndex((one) => one.id === search.id);
  const moveTo = (to: number) => move.mutate(moved(all, place, to));
  const address = `${paths.search(id)}?${writeSearchState(fromQuery(search.question))}`;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`More about “${search.name}”`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {hasNews ? (
          <Menu.Item
            leftSection={<IconEye size={16} aria-hidden />}
            onClick={() => see.mutate(search)}
          >
            I have seen what is new
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLink size={16} aria-hidden />}
          closeMenuOnClick={false}
          onClick={() => clipboard.copy(window.location.origin + address)}
        >
          {clipboard.copied ? 'Link copied' : 'Copy a link for the team'}
        </Menu.Item>
        <Menu.Item
          leftSection={
            search.is_in_digest ? (
              <IconMailOff size={16} aria-hidden />
            ) : (
              <IconMail size={16} aria-hidden />
            )
          }
          onClick={() => digest.mutate(search)}
        >
          {search.is_in_digest ? 'Out of my weekly digest' : 'Into my weekly digest'}
        </Menu.Item>
        {place > 0 ? (
          <Menu.Item
            leftSection={<IconArrowUp size={16} aria-hidden />}
            onClick={() => moveTo(place - 1)}
          >
            Move forward
          </Menu.Item>
        ) : null}
        {place < all.length - 1 ? (
          <Menu.Item
            leftSection={<IconArrowDown size={16} aria-hidden />}
            onClick={() => moveTo(place + 1)}
          >
            Move back
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => remove.mutate(search)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
