/** Facets as they are shown: titled, attributes grouped by their name, chosen values always there. */

import type { Facet, FacetField, FacetValue } from '@/api';
import { FACET_FIELDS, type SearchState } from './searchState';

/** Names a value that the answer doesn't name. */
type LabelValue = (field: FacetField, value: string) => string;

export interface FacetGroup {
  /** Unique among the groups: the field, and the attribute's name. */
  key: string;
  field: FacetField;
  title: string;
  values: ShownValue[];
}

/** A value that may be chosen, left out, or neither. */
export type ShownValue = FacetValue & { is_left_out: boolean };

const TITLES: Record<FacetField, string> = {
  quadrant: 'Empathy map',
  aspect: 'Think, feel, say, do',
  persona: 'Persona',
  tag: 'Tag',
  study: 'Study',
  product_area: 'Product area',
  session_kind: 'Kind of session',
  intensity: 'Strength of feeling',
  speaker_role: 'Who speaks',
  participant: 'Participant',
  attribute: 'People',
  kind: 'Show',
};

/** "books_by" → "Books by". */
export function toTitle(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "books_by=phone" → ["books_by", "phone"]; only the first sign counts. */
export function splitAttribute(value: string): [name: string, value: string] {
  const cut = value.indexOf('=');
  return cut < 0 ? ['', value] : [value.slice(0, cut), value.slice(cut + 1)];
}

function groupAttributes(values: ShownValue[]): FacetGroup[] {
  const groups = new Map<string, FacetGroup>();
  for (const value of values) {
    const [name, label] = splitAttribute(value.value);
    const title = name ? toTitle(name) : TITLES.attribute;
    const group = groups.get(name) ?? {
      key: `attribute.${name}`,
      field: 'attribute' as const,
      title,
      values: [],
    };
    group.values.push({ ...value, label: toTitle(label) });
    groups.set(name, group);
  }
  return [...groups.values()].sort((left, right) => left.title.localeCompare(right.title));
}

/** The answer's values, and those chosen ones it left out because nothing has them now. */
function withChosen(
  values: readonly FacetValue[],
  { chosen, leftOut }: { chosen: readonly string[]; leftOut: readonly string[] },
  labelValue: (value: string) => string,
): ShownValue[] {
  const known = new Set(values.map((value) => value.value));
  const missing = [...chosen, ...leftOut]
    .filter((value) => !known.has(value))
    .map((value) => ({
      value,
      label: labelValue(value),
      colour: null,
      excerpts: 0,
      people: 0,
      is_selected: true,
    }));
  return [...values, ...missing].map((value) => ({
    ...value,
    is_selected: chosen.includes(value.value),
    is_left_out: leftOut.includes(value.value),
  }));
}

export function listFacetGroups(
  facets: readonly Facet[],
  state: SearchState,
  labelValue: LabelValue,
): FacetGroup[] {
  return FACET_FIELDS.flatMap((field) => {
    const given = facets.find((facet) => facet.field === field)?.values ?? [];
    const label = (value: string) => labelValue(field, value);
    const own = { chosen: state.chosen[field], leftOut: state.leftOut[field] };
    const values = withChosen(given, own, label);
    if (values.length === 0) return [];
    if (field === 'attribute') return groupAttributes(values);
    return [{ key: field, field, title: TITLES[field], values }];
  });
}

/** The first few values and all chosen ones, in the order of the answer. */
export function pickShown(values: readonly ShownValue[], limit: number): ShownValue[] {
  return values.filter((value, index) => index < limit || value.is_selected || value.is_left_out);
}
