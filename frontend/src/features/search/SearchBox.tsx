/** The one large box. */

import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';

interface SearchBoxProps {
  words: string;
  onChange: (words: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  boxRef: RefObject<HTMLInputElement | null>;
}

export function SearchBox({ words, onChange, onKeyDown, boxRef }: SearchBoxProps) {
  return (
    <search>
      <TextInput
        ref={boxRef}
        size="lg"
        radius="xl"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        aria-label="Search what people said"
        placeholder="Search what people said"
        leftSection={<IconSearch size={22} aria-hidden />}
        rightSection={
          words ? (
            <CloseButton
              aria-label="Clear the search"
              onClick={() => {
                onChange('');
                boxRef.current?.focus();
              }}
            />
          ) : null
        }
        styles={{ input: { WebkitAppearance: 'none' } }}
        value={words}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
}
