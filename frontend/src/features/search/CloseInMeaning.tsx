/** Below what the words found: excerpts that say it in other words. */

import { Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys, type SearchHit, type SimilarExcerpt, searchMeaning } from '@/api';
import { useWorkspace } from '@/app/workspace';
import type { ExcerptSelection } from '@/features/evidence';
import { Hit } from './Hit';
import classes from './Hits.module.css';
import { type SearchState, toQuery, wantsExcerpts } from './searchState';

const PAUSE_MS = 300;
const FROM_LETTERS = 3;

function isAsked(state: SearchState): boolean {
  return state.words.trim().length >= FROM_LETTERS && wantsExcerpts(state);
}

/** Waits until the typing rests, and asks no more once it is known that there is no model. */
function useCloseExcerpts(state: SearchState): SimilarExcerpt[] {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const [settled] = useDebouncedValue(state, PAUSE_MS);
  const query = toQuery(settled);
  const { data } = useQuery({
    queryKey: keys.closeInMeaning(id, query),
    queryFn: async ({ signal }) => {
      const found = await searchMeaning(id, query, signal);
      client.setQueryData(keys.hasMeaning(id), found.is_available);
      return found;
    },
    placeholderData: keepPreviousData,
    enabled: isAsked(settled) && client.getQueryData(keys.hasMeaning(id)) !== false,
  });
  return isAsked(state) ? (data?.results ?? []) : [];
}

function asHit({ excerpt, highlights }: SimilarExcerpt): SearchHit {
  return {
    kind: 'excerpt',
    text: excerpt.text,
    highlights,
    missing_words: [],
    excerpt,
    insight: null,
    persona: null,
    claim: null,
    tag: null,
    passage: null,
    memo: null,
  };
}

interface CloseInMeaningProps {
  state: SearchState;
  selection: ExcerptSelection;
}

export function CloseInMeaning({ state, selection }: CloseInMeaningProps) {
  const found = useCloseExcerpts(state);
  if (found.length === 0) return null;
  const excerpts = found.map(({ excerpt }) => excerpt);
  return (
    <section className={classes.below} aria-labelledby="close-in-meaning">
      <div className={classes.belowHead}>
        <div>
          <Title order={2} size="h4" id="close-in-meaning">
            Close in meaning
          </Title>
          <Text size="sm" c="dimmed">
            Found by a language model, not by your words; not among the people counted above.
          </Text>
        </div>
      </div>
      <div role="feed" aria-label="Close in meaning" className={classes.quotes}>
        {found.map((one, index) => (
          <Hit
            key={one.excerpt.id}
            hit={asHit(one)}
            place={{ index, count: found.length }}
            selection={{
              isSelected: selection.has(one.excerpt.id),
              onToggle: (isRange) =>
                isRange ? selection.toggleTo(one.excerpt, excerpts) : selection.toggle(one.excerpt),
            }}
          />
        ))}
      </div>
    </section>
  );
}
