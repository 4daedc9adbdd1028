/** The words of one group as chips to type, take away and save. */

import { Button, Group, TagsInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '@/api';

const FEWEST_WORDS = 2;
const MOST_WORDS = 12;

interface GroupFormProps {
  label: string;
  words?: string[];
  action: string;
  isSaving: boolean;
  error: unknown;
  onSave: (words: string[]) => void;
  /** The words are no longer those that the error is about. */
  onChange?: () => void;
  onCancel?: () => void;
}

function describeFault(error: unknown): string | null {
  if (!error) return null;
  if (error instanceof ApiError) {
    return error.fields.words?.[0] ?? `${error.message} ${error.remedy}`;
  }
  return 'It was not saved. Try again in a moment.';
}

export function GroupForm(props: GroupFormProps) {
  const { label, action, isSaving, error, onSave, onChange, onCancel } = props;
  const [words, setWords] = useState(props.words ?? []);
  const [typed, setTyped] = useState('');
  const rest = typed.trim();
  const all = rest ? [...words, rest] : words;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (all.length >= FEWEST_WORDS) onSave(all);
  };
  return (
    <form onSubmit={save}>
      <Group align="flex-start" gap="sm">
        <TagsInput
          label={label}
          description="Press Enter or a comma after each word or phrase."
          placeholder={words.length === 0 ? 'appointment, visit' : undefined}
          flex="1 1 18rem"
          maxTags={MOST_WORDS}
          maxLength={80}
          splitChars={[',', ';', '\n']}
          value={words}
          searchValue={typed}
          onSearchChange={(text) => {
            setTyped(text);
            if (text) onChange?.();
          }}
          onChange={(next) => {
            setWords(next);
            onChange?.();
          }}
          error={describeFault(error)}
          autoFocus={Boolean(onCancel)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onCancel?.();
          }}
        />
        <Group gap={8} mt={{ base: 0, xs: 44 }}>
          <Button type="submit" loading={isSaving} disabled={all.length < FEWEST_WORDS}>
            {action}
          </Button>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          ) : null}
        </Group>
      </Group>
    </form>
  );
}
