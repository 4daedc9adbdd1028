/** Finds excerpts by search and adds them to something, one click each. */

import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Excerpt, keys, search } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import classes from './EvidenceList.module.css';
import { ExcerptCard } from './ExcerptCard';
import { needsHearing } from './listenFirst';

const RESULT_COUNT = 20;

interface ExcerptPickerProps {
  title: string;
  /** What is searched first, so that something useful is there before typing. */
  firstWords?: string;
  isChosen: (excerpt: Excerpt) => boolean;
  onAdd: (excerpt: Excerpt) => void;
  onClose: () => void;
  /** What nobody has listened to may be chosen, too: it is not about to become evidence. */
  isOpenToUnheard?: boolean;
  /** Stands above the list, such as a choice of for or against. */
  children?: ReactNode;
}

interface AddButtonProps {
  isChosen: boolean;
  isWaiting: boolean;
  onAdd: () => void;
}

function AddButton({ isChosen, isWaiting, onAdd }: AddButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant={isChosen ? 'subtle' : 'light'}
      disabled={isChosen || isWaiting}
      title={isWaiting ? 'Listen to it first, or say that it is right' : undefined}
      leftSection={
        isChosen ? <IconCheck size={14} aria-hidden /> : <IconPlus size={14} aria-hidden />
      }
      onClick={onAdd}
    >
      {isChosen ? 'Added' : 'Add'}
    </Button>
  );
}

export function ExcerptPicker(props: ExcerptPickerProps) {
  const { title, firstWords = '', isChosen, isOpenToUnheard, onAdd, onClose, children } = props;
  const { id } = useWorkspace();
  const [words, setWords] = useState(firstWords);
  const [settledWords] = useDebouncedValue(words, 80);
  const query = { q: settledWords.trim(), kind: ['excerpt'], limit: RESULT_COUNT };
  const found = useQuery({
    queryKey: keys.search(id, query),
    queryFn: ({ signal }) => search(id, query, signal),
    placeholderData: keepPreviousData,
  });
  const hits = found.data?.hits ?? [];
  return (
    <Modal opened onClose={onClose} title={title} size="xl">
      <Stack gap="sm">
        <TextInput
          data-autofocus
          aria-label="Search excerpts"
          placeholder="Search what people said"
          leftSection={<IconSearch size={17} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {children}
        {found.error ? <ErrorNotice error={found.error} /> : null}
        {found.isPending ? <Loading label="Searching" /> : null}
        {found.data && hits.length === 0 ? (
          <Text c="dimmed">Nobody said this yet. Fewer or other words may find it.</Text>
        ) : null}
        <ul className={classes.list} aria-label="Excerpts found">
          {hits.map(({ excerpt, highlights }) =>
            excerpt ? (
              <li key={excerpt.id}>
                <ExcerptCard
                  excerpt={excerpt}
                  highlights={highlights}
                  actions={
                    <AddButton
                      isChosen={isChosen(excerpt)}
                      isWaiting={!isOpenToUnheard && !isChosen(excerpt) && needsHearing(excerpt)}
                      onAdd={() => onAdd(excerpt)}
                    />
                  }
                />
              </li>
            ) : null,
          )}
        </ul>
      </Stack>
    </Modal>
  );
}
