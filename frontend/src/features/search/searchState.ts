/** What is searched for, and how it is written in the address. */

import type { FacetField, SearchQuery } from '@/api';

export interface SearchState {
  words: string;
  /** Chosen values of each facet; within a facet any may match, across facets all must. */
  chosen: Readonly<Record<FacetField, readonly string[]>>;
  /** Values that no hit may have. */
  leftOut: Readonly<Record<FacetField, readonly string[]>>;
  /** Facets of which a hit must have every chosen value, instead of any. */
  allOf: readonly FacetField[];
  isKeyQuoteOnly: boolean;
  /** Only what insights rest on, only what none rests on, or both (null). */
  hasInsight: boolean | null;
  /** First and last day on which it was marked, as "2026-11-22" in the reader's zone; or "". */
  fromDay: string;
  toDay: string;
}

export const FACET_FIELDS: readonly FacetField[] = [
  'quadrant',
  'aspect',
  'persona',
  'tag',
  'study',
  'product_area',
  'session_kind',
  'intensity',
  'speaker_role',
  'participant',
  'attribute',
  'kind',
];

/** Strength of feeling is a scale, and kinds are lists of their own: neither can be left out. */
const KEPT_FIELDS: readonly FacetField[] = ['intensity', 'kind'];

/** What an excerpt may have several of, so that all of them can be asked for. */
const MANY_FIELDS: readonly FacetField[] = ['quadrant', 'aspect', 'persona', 'tag'];

const WORDS_NAME = 'q';
const ALL_OF_NAME = 'all_of';
const KEY_QUOTE_NAME = 'key_quote';
const INSIGHT_NAME = 'has_insight';
const FROM_NAME = 'from';
const TO_NAME = 'to';
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function canLeaveOut(field: FacetField): boolean {
  return !KEPT_FIELDS.includes(field);
}

function readValues(address: URLSearchParams, prefix = ''): Record<FacetField, string[]> {
  return Object.fromEntries(
    FACET_FIELDS.map((field) => {
      const values = prefix && !canLeaveOut(field) ? [] : address.getAll(prefix + field);
      return [field, [...new Set(values.filter(Boolean))]];
    }),
  ) as Record<FacetField, string[]>;
}

/** Whether there is a choice between any and all: something is chosen that can stand together. */
export function canRequireAll({ chosen }: SearchState, field: FacetField): boolean {
  return MANY_FIELDS.includes(field) && chosen[field].length > 1;
}

function readAllOf(address: URLSearchParams): FacetField[] {
  const names = address.getAll(ALL_OF_NAME);
  return MANY_FIELDS.filter((field) => names.includes(field));
}

function readDay(address: URLSearchParams, name: string): string {
  const day = address.get(name) ?? '';
  return DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : '';
}

export function readSearchState(address: URLSearchParams): SearchState {
  const hasInsight = address.get(INSIGHT_NAME);
  return {
    words: address.get(WORDS_NAME) ?? '',
    chosen: readValues(address),
    leftOut: readValues(address, 'not_'),
    allOf: readAllOf(address),
    isKeyQuoteOnly: address.get(KEY_QUOTE_NAME) === 'true',
    hasInsight: hasInsight === 'true' ? true : hasInsight === 'false' ? false : null,
    fromDay: readDay(address, FROM_NAME),
    toDay: readDay(address, TO_NAME),
  };
}

export function writeSearchState(state: SearchState): URLSearchParams {
  const address = new URLSearchParams();
  if (state.words.trim()) address.set(WORDS_NAME, state.words);
  for (const field of FACET_FIELDS) {
    for (const value of state.chosen[field]) address.append(field, value);
    for (const value of state.leftOut[field]) address.append(`not_${field}`, value);
  }
  for (const field of listRequired(state)) address.append(ALL_OF_NAME, field);
  if (state.isKeyQuoteOnly) address.set(KEY_QUOTE_NAME, 'true');
  if (state.hasInsight !== null) address.set(INSIGHT_NAME, String(state.hasInsight));
  if (state.fromDay) address.set(FROM_NAME, state.fromDay);
  if (state.toDay) address.set(TO_NAME, state.toDay);
  return address;
}

/** Facets of which a hit must have every chosen value; one value alone is nothing to require. */
export function listRequired(state: SearchState): FacetField[] {
  return state.allOf.filter((field) => canRequireAll(state, field));
}

/** Any of the chosen values, or all of them. */
export function requireAll(state: SearchState, field: FacetField, isAll: boolean): SearchState {
  const others = state.allOf.filter((one) => one !== field);
  return { ...state, allOf: isAll ? [...others, field] : others };
}

function without(values: readonly string[], value: string): string[] {
  return values.filter((one) => one !== value);
}

function flip(values: readonly string[], value: string): string[] {
  return values.includes(value) ? without(values, value) : [...values, value];
}

export function toggleValue(state: SearchState, field: FacetField, value: string): SearchState {
  return {
    ...state,
    chosen: { ...state.chosen, [field]: flip(state.chosen[field], value) },
    leftOut: { ...state.leftOut, [field]: without(state.leftOut[field], value) },
  };
}

/** Leaves out what has the value, or no longer. */
export function toggleLeftOut(state: SearchState, field: FacetField, value: string): SearchState {
  return {
    ...state,
    chosen: { ...state.chosen, [field]: without(state.chosen[field], value) },
    leftOut: { ...state.leftOut, [field]: flip(state.leftOut[field], value) },
  };
}

export function withoutFilters(state: SearchState): SearchState {
  return { ...readSearchState(new URLSearchParams()), words: state.words };
}

export function countFilters(state: SearchState): number {
  // A range is one filter, however many steps it has.
  const count = (field: FacetField) =>
    field === 'intensity' ? Math.min(1, state.chosen[field].length) : state.chosen[field].length;
  const values = FACET_FIELDS.reduce(
    (sum, field) => sum + count(field) + state.leftOut[field].length,
    0,
  );
  const others = [
    state.isKeyQuoteOnly,
    state.hasInsight !== null,
    state.fromDay !== '' || state.toDay !== '',
  ];
  return values + others.filter(Boolean).length;
}

/** Whether the search is for excerpts, perhaps among other things; counts then are of excerpts. */
export function wantsExcerpts({ chosen: { kind } }: SearchState): boolean {
  return kind.length === 0 || kind.includes('excerpt');
}

/** Nothing asked yet: the page shows what is new instead of hits. */
export function isBlank(state: SearchState): boolean {
  return state.words.trim() === '' && countFilters(state) === 0;
}

/** Midnight at the beginning of a day in the reader's zone, or of that so many days later. */
function toMoment(day: string, daysLater = 0): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** The filters as the API names them, without the kind of hit, which each list asks for itself. */
export function toQuery(state: SearchState): SearchQuery {
  const { kind: _, intensity, ...chosen } = state.chosen;
  const named = [
    ...Object.entries(chosen),
    ...Object.entries(state.leftOut).map(([field, values]) => [`not_${field}`, values] as const),
  ];
  return {
    q: state.words.trim(),
    ...Object.fromEntries(named.filter(([, values]) => values.length > 0)),
    ...(intensity.length > 0 ? { intensity: intensity.map(Number) } : {}),
    ...(listRequired(state).length > 0 ? { all_of: listRequired(state) } : {}),
    ...(state.isKeyQuoteOnly ? { key_quote: true } : {}),
    ...(state.hasInsight === null ? {} : { has_insight: state.hasInsight }),
    ...(state.fromDay ? { created_from: toMoment(state.fromDay) } : {}),
    ...(state.toDay ? { created_to: toMoment(state.toDay, 1) } : {}),
  };
}

/** The search of a saved question, which names things as the API does. */
export function fromQuery(question: Record<string, unknown>): SearchState {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (name === 'created_from') address.set(FROM_NAME, toDay(String(value)));
    else if (name === 'created_to') address.set(TO_NAME, toDay(String(value), -1));
    else for (const each of [value].flat()) address.append(name, String(each));
  }
  return readSearchState(address);
}

function toDay(moment: string, daysLater = 0): string {
  const day = new Date(moment);
  day.setDate(day.getDate() + daysLater);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
