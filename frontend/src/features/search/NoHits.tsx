/** Nothing matched: what was close, and how to ask for less. */

import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { keys, listTags, search } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { usePeopleTotal } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import { findCloseTags } from './closeTags';
import classes from './Landing.module.css';
import { AskResearchers } from './questions/AskResearchers';
import {
  countFilters,
  readSearchState,
  type SearchState,
  toggleValue,
  toQuery,
  withoutFilters,
} from './searchState';
import { TopicChip } from './TopicChip';

const MAX_WORDS = 6;

/** The same search, each part of it alone, with how many people it would find. */
function useLooserSearches(state: SearchState) {
  const { id } = useWorkspace();
  const nothing = readSearchState(new URLSearchParams());
  const words = [...new Set(state.words.trim().split(/\s+/))].filter((word) => word.length > 1);
  const options: { label: string; next: SearchState }[] = [];
  if (countFilters(state) > 0 && words.length > 0) {
    options.push({ label: 'Without filters', next: withoutFilters(state) });
  }
  if (words.length > 1) {
    for (const word of words.slice(0, MAX_WORDS)) {
      options.push({ label: `Only “${word}”`, next: { ...nothing, words: word } });
    }
  }
  const answers = useQueries({
    queries: options.map(({ next }) => {
      const query = { ...toQuery(next), kind: ['excerpt'], limit: 1 };
      return { queryKey: keys.search(id, query), queryFn: () => search(id, query) };
    }),
  });
  return options
    .map((option, index) => ({ ...option, answer: answers[index].data }))
    .filter(({ answer }) => answer && answer.excerpts > 0);
}

function describeNothing(words: string, isFiltered: boolean): string {
  if (!words) return 'Nothing fits all of these filters';
  return isFiltered ? `Nobody here said “${words}”` : `Nobody said “${words}”`;
}

interface NoHitsProps {
  state: SearchState;
  onChange: (state: SearchState) => void;
}

export function NoHits({ state, onChange }: NoHitsProps) {
  const { id } = useWorkspace();
  const tags = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id) });
  const looser = useLooserSearches(state);
  const peopleTotal = usePeopleTotal();
  const close = findCloseTags(state.words, tags.data ?? []);
  const blank = readSearchState(new URLSearchParams());
  const words = state.words.trim();
  return (
    <Stack gap="lg" py="xl" align="flex-start">
      <div>
        <Title order={2}>{describeNothing(words, countFilters(state) > 0)}</Title>
        <Text c="dimmed" mt={4}>
          This looks through the excerpts that researchers have marked. Try other words or fewer
          filters.
        </Text>
      </div>
      {words ? <AskResearchers key={words} words={words} /> : null}
      {looser.length > 0 ? (
        <Group gap="xs">
          {looser.map(({ label, next, answer }) => (
            <Button key={label} variant="default" onClick={() => onChange(next)}>
              {label}
              <Text span size="sm" c="dimmed" ml={8}>
                {formatCount(answer!.excerpts, 'excerpt')} from{' '}
                {formatPeople(answer!.people, answer!.people_total)}
              </Text>
            </Button>
          ))}
        </Group>
      ) : null}
      {close.length > 0 ? (
        <section aria-label="Close tags">
          <Text fw={600} size="sm" mb={8}>
            Close to it in the codebook
          </Text>
          <ul className={classes.topics}>
            {close.map((tag) => (
              <TopicChip
                key={tag.id}
                tag={tag}
                peopleTotal={peopleTotal}
                onChoose={() => onChange(toggleValue(blank, 'tag', tag.id))}
              />
            ))}
          </ul>
        </section>
      ) : null}
      <Anchor component="button" type="button" onClick={() => onChange(blank)}>
        See what is new instead
      </Anchor>
    </Stack>
  );
}
