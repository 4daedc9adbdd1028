/** Choosing tags by a few letters, and making new ones in place. */

import { ScrollArea, Text, TextInput } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { createTag, keys, type Tag, type TagRef } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import { isNewName, matchTags } from './matchTags';
import classes from './TagPicker.module.css';

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

export function TagPicker({ tags, chosen, onChange, onClose, hasAutoFocus }: TagPickerProps) {
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const listId = useId();
  const name = query.trim();
  const matches = matchTags(tags, query);
  const mayCreate = isNewName(tags, query);
  const count = matches.length + (mayCreate ? 1 : 0);
  const add = (tag: TagRef) => onChange([...chosen, tag]);
  const create = useCreateTag(add);
  const parents = new Map(tags.map((tag) => [tag.id, tag.name]));

  const toggle = ({ id, name: tagName, colour }: Tag) => {
    const isChosen = chosen.some((tag) => tag.id === id);
    if (isChosen) onChange(chosen.filter((tag) => tag.id !== id));
    else add({ id, name: tagName, colour });
  };
  const take = (index: number) => {
    if (index < matches.length) toggle(matches[index]);
    else if (mayCreate) void create(name);
    setQuery('');
    setCurrent(0);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCurrent((index) => Math.min(count - 1, index + 1));
    else if (event.key === 'ArrowUp') setCurrent((index) => Math.max(0, index - 1));
    else if (event.key === 'Enter' && count > 0) take(Math.min(current, count - 1));
    else if (event.key === 'Escape' && onClose) onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <div>
      <TextInput
        size="xs"
        role="combobox"
        aria-label="Find or create a tag"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={count ? optionId(Math.min(current, count - 1)) : undefined}
        placeholder="Find or create a tag"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setCurrent(0);
        }}
        onKeyDown={press}
        autoFocus={hasAutoFocus}
      />
      <ScrollArea.Autosize mah={210} mt={4} type="auto">
        <div role="listbox" id={listId} aria-label="Tags" aria-multiselectable tabIndex={-1}>
          {matches.map((tag, index) => {
            const isChosen = chosen.some((one) => one.id === tag.id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the text field
              <div
                key={tag.id}
                id={optionId(index)}
                role="option"
                tabIndex={-1}
                aria-selected={isChosen}
                className={classes.option}
                data-is-current={index === current || undefined}
                onClick={() => take(index)}
              >
                <span className={classes.dot} style={{ background: tag.colour }} />
                <span className={classes.name}>
                  {tag.parent_id ? (
                    <Text component="span" size="xs" c="dimmed">
                      {parents.get(tag.parent_id)} ›{' '}
                    </Text>
                  ) : null}
                  {tag.name}
                </span>
                {isChosen ? <IconCheck size={15} aria-hidden /> : null}
              </div>
            );
          })}
          {mayCreate ? (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the text field
            <div
              id={optionId(matches.length)}
              role="option"
              tabIndex={-1}
              aria-selected={false}
              className={classes.option}
              data-is-current={current >= matches.length || undefined}
              onClick={() => take(matches.length)}
            >
              <IconPlus size={14} aria-hidden />
              <span className={classes.name}>Create “{name}”</span>
            </div>
          ) : null}
        </div>
        {count === 0 ? (
          <Text size="xs" c="dimmed" p={6}>
            The codebook is empty. Type a name to create its first tag.
          </Text>
        ) : null}
      </ScrollArea.Autosize>
    </div>
  );
}
