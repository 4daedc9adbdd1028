/** Choosing tags by a few letters, and making new ones in place. */

import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createTag, keys, readCodebook, type Tag, type TagRef } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure, PickList, type PickOption } from '@/ui';
import { isNewName, listTagChoices, type TagChoice } from './matchTags';
import classes from './Pickers.module.css';
import { noteRecentTag, readRecentTags } from './recentTags';

interface TagPickerProps {
  tags: readonly Tag[];
  chosen: readonly TagRef[];
  onChange: (tags: TagRef[]) => void;
  /** Asked when there is nothing more to choose: Escape. */
  onClose?: () => void;
  hasAutoFocus?: boolean;
}

function useCreateTag(onCreated: (tag: TagRef) => void) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return async (name: string) => {
    try {
      const tag = await createTag(id, { name });
      client.setQueryData<Tag[]>(keys.tags(id), (tags) => [...(tags ?? []), tag]);
      onCreated({ id: tag.id, name: tag.name, colour: tag.colour });
    } catch (error) {
      notifyFailure(`The tag “${name}” was not created.`, error);
    }
  };
}

/** False where the codebook is locked for this person. */
function useMayCreate(): boolean {
  const { id } = useWorkspace();
  const { data } = useQuery({
    queryKey: keys.codebook(id),
    queryFn: () => readCodebook(id),
    staleTime: 60_000,
  });
  return data?.may_edit ?? true;
}

const HEADINGS = { recent: 'Used lately', tree: 'Codebook', match: '', far: 'Or did you mean' };

function toOption(choice: TagChoice, before: TagChoice | undefined, isChosen: boolean): PickOption {
  const { tag, depth, path, group } = choice;
  return {
    key: `${group}-${tag.id}`,
    depth,
    isChosen,
    heading: group === before?.group ? undefined : HEADINGS[group],
    content: (
      <>
        <span className={classes.dot} style={{ background: tag.colour }} />
        <span className={classes.name}>
          {path.length ? <span className={classes.path}>{path.join(' › ')} › </span> : null}
          {tag.name}
        </span>
      </>
    ),
  };
}

const toCreation = (name: string): PickOption => ({
  key: 'create',
  content: (
    <>
      <IconPlus size={14} aria-hidden />
      <span className={classes.name}>Create “{name}”</span>
    </>
  ),
});

export function TagPicker({ tags, chosen, onChange, onClose, hasAutoFocus }: TagPickerProps) {
  const { id } = useWorkspace();
  const [query, setQuery] = useState('');
  // Those used while the picker is open don't move under the fingers.
  const [recentIds] = useState(() => readRecentTags(id));
  const choices = useMemo(() => listTagChoices(tags, query, recentIds), [tags, query, recentIds]);
  const isChosen = (tagId: string) => chosen.some((tag) => tag.id === tagId);
  const add = (tag: TagRef) => {
    noteRecentTag(id, tag.id);
    onChange([...chosen, tag]);
  };
  const create = useCreateTag(add);
  const mayCreate = useMayCreate();
  const toggle = (tag: Tag) => {
    if (isChosen(tag.id)) onChange(chosen.filter((one) => one.id !== tag.id));
    else add({ id: tag.id, name: tag.name, colour: tag.colour });
  };
  const options = choices.map((choice, index) => ({
    ...toOption(choice, choices[index - 1], isChosen(choice.tag.id)),
    take: () => toggle(choice.tag),
  }));
  if (mayCreate && isNewName(tags, query)) {
    const close = choices.filter(({ group }) => group === 'match').length;
    const take = () => void create(query.trim());
    options.splice(close, 0, { ...toCreation(query.trim()), take });
  }
  return (
    <PickList
      label={mayCreate ? 'Find or create a tag' : 'Find a tag'}
      listLabel="Tags"
      isMultiple
      query={query}
      onQuery={setQuery}
      options={options}
      onTake={(index) => {
        options[index].take();
        setQuery('');
      }}
      onClose={onClose}
      hasAutoFocus={hasAutoFocus}
      empty={
        mayCreate
          ? 'The codebook is empty. Type a name to create its first tag.'
          : 'No such tag. The codebook is locked: its owners add tags.'
      }
    />
  );
}
