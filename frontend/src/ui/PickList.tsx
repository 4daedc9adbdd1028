/** Choosing from a list by a few letters: the field keeps the focus, the arrows go through it. */

import { ScrollArea, Text, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './PickList.module.css';

export interface PickOption {
  key: string;
  content: ReactNode;
  isChosen?: boolean;
  /** How deep it stands in a tree. */
  depth?: number;
  /** Stands above this option and those after it. */
  heading?: string;
}

interface PickListProps {
  /** What the field and its list are called. */
  label: string;
  listLabel: string;
  query: string;
  onQuery: (query: string) => void;
  options: readonly PickOption[];
  onTake: (index: number) => void;
  /** Asked for with Escape. */
  onClose?: () => void;
  hasAutoFocus?: boolean;
  isMultiple?: boolean;
  /** As large as in a form of its own; small where it hangs at something else. */
  size?: 'xs' | 'sm';
  /** Said where there is no option. */
  empty: string;
}

function useCurrent({ query, options, onTake, onClose }: PickListProps) {
  const [current, setCurrent] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other letters make another list
  useEffect(() => setCurrent(0), [query]);
  const count = options.length;
  const index = Math.min(current, count - 1);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCurrent(Math.min(count - 1, index + 1));
    else if (event.key === 'ArrowUp') setCurrent(Math.max(0, index - 1));
    else if (event.key === 'Enter' && count > 0) onTake(index);
    else if (event.key === 'Escape' && onClose) onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { index, press };
}

export function PickList(props: PickListProps) {
  const {
    label,
    listLabel,
    query,
    onQuery,
    options,
    onTake,
    hasAutoFocus,
    empty,
    size = 'xs',
  } = props;
  const { index, press } = useCurrent(props);
  const listId = useId();
  const currentRef = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another option is the current one
  useEffect(() => {
    currentRef.current?.scrollIntoView({ block: 'nearest' });
  }, [index, options.length]);
  const optionId = (at: number) => `${listId}-${at}`;
  return (
    <div>
      <TextInput
        size={size}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={index >= 0 ? optionId(index) : undefined}
        placeholder={label}
        autoComplete="off"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={press}
        autoFocus={hasAutoFocus}
        data-autofocus={hasAutoFocus || undefined}
      />
      <ScrollArea.Autosize
        mah={size === 'xs' ? 230 : 340}
        mt={4}
        type="auto"
        offsetScrollbars="present"
      >
        <div
          role="listbox"
          id={listId}
          aria-label={listLabel}
          aria-multiselectable={props.isMultiple || undefined}
          tabIndex={-1}
        >
          {options.map((option, at) => (
            <div key={option.key} role="presentation">
              {option.heading ? (
                <div role="presentation" className={classes.heading} aria-hidden>
                  {option.heading}
                </div>
              ) : null}
              {/** biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the field */}
              <div
                id={optionId(at)}
                ref={at === index ? currentRef : undefined}
                role="option"
                tabIndex={-1}
                aria-selected={option.isChosen ?? false}
                className={classes.option}
                style={{ paddingInlineStart: 8 + (option.depth ?? 0) * 16 }}
                data-is-current={at === index || undefined}
                onClick={() => onTake(at)}
              >
                {option.content}
                {option.isChosen ? <IconCheck size={15} aria-hidden /> : null}
              </div>
            </div>
          ))}
        </div>
        {options.length === 0 ? (
          <Text size="xs" c="dimmed" p={6}>
            {empty}
          </Text>
        ) : null}
      </ScrollArea.Autosize>
    </div>
  );
}
