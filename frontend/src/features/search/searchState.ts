/** What is searched for, and how it is written in the address. */

import type { FacetField, SearchQuery } from '@/api';

export interface SearchState {
  words: string;
  /** Chosen values of each facet; within a facet any may match, across facets all must. */
  chosen: Readonly<Record<FacetField, readonly string[]>>;
  isKeyQuoteOnly: boolean;
}

export const FACET_FIELDS: readonly FacetField[] = [
  'quadrant',
  'persona',
  'tag',
  'study',
  'session_kind',
  'attribute',
  'kind',
];

const WORDS_NAME = 'q';
const KEY_QUOTE_NAME = 'key_quote';

export function readSearchState(address: URLSearchParams): SearchState {
  const chosen = Object.fromEntries(
    FACET_FIELDS.map((field) => [field, [...new Set(address.getAll(field).filter(Boolean))]]),
  ) as Record<FacetField, string[]>;
  return {
    words: address.get(WORDS_NAME) ?? '',
    chosen,
    isKeyQuoteOnly: address.get(KEY_QUOTE_NAME) === 'true',
  };
}

export function writeSearchState(state: SearchState): URLSearchParams {
  const address = new URLSearchParams();
  if (state.words.trim()) address.set(WORDS_NAME, state.words);
  for (const field of FACET_FIELDS) {
    for (const value of state.chosen[field]) address.append(field, value);
  }
  if (state.isKeyQuoteOnly) address.set(KEY_QUOTE_NAME, 'true');
  return address;
}

export function toggleValue(state: SearchState, field: FacetField, value: string): SearchState {
  const before = state.chosen[field];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...state, chosen: { ...state.chosen, [field]: after } };
}

export function withoutFilters(state: SearchState): SearchState {
  return { ...readSearchState(new URLSearchParams()), words: state.words };
}

export function countFilters(state: SearchState): number {
  const values = FACET_FIELDS.reduce((sum, field) => sum + state.chosen[field].length, 0);
  return values + (state.isKeyQuoteOnly ? 1 : 0);
}

/** Whether the search is for excerpts, perhaps among other things; counts then are of excerpts. */
export function wantsExcerpts({ chosen: { kind } }: SearchState): boolean {
  return kind.length === 0 || kind.includes('excerpt');
}

/** Nothing asked yet: the page shows what is new instead of hits. */
export function isBlank(state: SearchState): boolean {
  return state.words.trim() === '' && countFilters(state) === 0;
}

/** The filters as the API names them, without the kind of hit, which each list asks for itself. */
export function toQuery({ words, chosen, isKeyQuoteOnly }: SearchState): SearchQuery {
  const { kind: _, ...filters } = chosen;
  return {
    q: words.trim(),
    ...Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0)),
    ...(isKeyQuoteOnly ? { key_quote: true } : {}),
  };
}
