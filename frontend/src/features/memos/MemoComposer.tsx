/** Where a memo is written: a text, people after an @, Ctrl+Enter to send. */

import { Button, Group, Popover, Textarea, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { ErrorNotice } from '@/ui';
import { keepDraft, readDraft } from './drafts';
import classes from './Memos.module.css';
import { usePeople } from './useMemos';
import { useMentionPicker } from './useMentionPicker';

interface MemoComposerProps {
  /** Names what is written, for screen readers. */
  label: string;
  placeholder?: string;
  sendLabel: string;
  /** Under which name what was begun is kept; left out, it is not. */
  draftPlace?: string;
  firstText?: string;
  hasFocus?: boolean;
  onSend: (text: string) => Promise<unknown>;
  onCancel?: () => void;
}

export function MemoComposer(props: MemoComposerProps) {
  const { label, placeholder, sendLabel, draftPlace, hasFocus, onSend, onCancel } = props;
  const [text, setText] = useState(props.firstText ?? (draftPlace ? readDraft(draftPlace) : ''));
  const [isTouched, setIsTouched] = useState(false);
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const wantedCaret = useRef<number | null>(null);
  const write = (next: string) => {
    setText(next);
    if (draftPlace) keepDraft(draftPlace, next);
  };
  const picker = useMentionPicker({
    people: usePeople(),
    text,
    onInsert: (next, caret) => {
      wantedCaret.current = caret;
      write(next);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the new text is in place
  useLayoutEffect(() => {
    const caret = wantedCaret.current;
    wantedCaret.current = null;
    if (caret !== null) areaRef.current?.setSelectionRange(caret, caret);
  }, [text]);
  useLayoutEffect(() => {
    const area = areaRef.current;
    if (!hasFocus || !area) return;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, [hasFocus]);
  const sending = useMutation({
    mutationFn: () => onSend(text.trim()),
    onSuccess: () => {
      write('');
      setIsTouched(false);
    },
  });
  const isReady = text.trim() !== '' && !sending.isPending;
  const send = () => {
    if (isReady) sending.mutate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (picker.onKeyDown(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (onCancel) onCancel();
      else areaRef.current?.blur();
    }
  };
  const areButtonsShown = isTouched || text !== '' || onCancel !== undefined;
  return (
    <div className={classes.composer}>
      <Popover
        opened={picker.isOpen}
        position="bottom-start"
        shadow="md"
        width={260}
        offset={4}
        withRoles={false}
        trapFocus={false}
        withinPortal={false}
      >
        <Popover.Target>
          <Textarea
            ref={areaRef}
            aria-label={label}
            aria-autocomplete="list"
            aria-controls={picker.isOpen ? picker.listId : undefined}
            aria-activedescendant={
              picker.isOpen ? picker.optionId(picker.choices[picker.index]) : undefined
            }
            placeholder={placeholder}
            autosize
            minRows={areButtonsShown ? 2 : 1}
            maxRows={14}
            maxLength={20_000}
            value={text}
            onFocus={() => setIsTouched(true)}
            onChange={({ currentTarget }) => {
              write(currentTarget.value);
              picker.follow(currentTarget.value, currentTarget.selectionStart);
            }}
            onSelect={({ currentTarget }) =>
              picker.follow(currentTarget.value, currentTarget.selectionStart)
            }
            onKeyDown={onKeyDown}
          />
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <div role="listbox" id={picker.listId} aria-label="People to mention">
            {picker.choices.map((person, index) => (
              <UnstyledButton
                key={person.user_id}
                id={picker.optionId(person)}
                role="option"
                tabIndex={-1}
                aria-selected={index === picker.index}
                className={classes.person}
                // The text keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => picker.choose(person)}
              >
                {person.name}
              </UnstyledButton>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
      <span className="only-for-screen-readers" role="status">
        {picker.isOpen
          ? `${picker.choices[picker.index].name}, ${picker.index + 1} of ${picker.choices.length}. Enter mentions, Escape closes.`
          : ''}
      </span>
      {sending.error ? (
        <ErrorNotice title="The memo was not saved; it is still here." error={sending.error} />
      ) : null}
      {areButtonsShown ? (
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <span className={classes.hint}>@ mentions · Ctrl Enter sends</span>
          <Group gap={6} wrap="nowrap">
            {onCancel ? (
              <Button size="compact-sm" variant="default" onClick={onCancel}>
                Cancel
              </Button>
            ) : null}
            <Button
              size="compact-sm"
              onClick={send}
              disabled={text.trim() === ''}
              loading={sending.isPending}
            >
              {sendLabel}
            </Button>
          </Group>
        </Group>
      ) : null}
    </div>
  );
}
