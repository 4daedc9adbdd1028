/** Names of facet values that are known without an answer, such as those of a pasted link. */

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Facet, type FacetField, keys, listPersonas, listStudies, listTags } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { SESSION_KIND_NAMES } from '@/features/evidence';
import { QUADRANTS } from '@/lib/quadrants';
import { formatStrength } from '@/lib/strengths';
import { splitAttribute, toTitle } from './facetGroups';

const KIND_NAMES: Record<string, string> = {
  excerpt: 'Excerpts',
  insight: 'Insights',
  persona: 'Personas',
  claim: 'Persona claims',
  tag: 'Tags',
  passage: 'Said, not yet evidence',
  memo: 'Memos',
};

const STALE_MS = 60_000;

export type LabelFacet = (field: FacetField, value: string) => string;

/** `people` are those that the search names; other participants have no name here. */
export function useFacetLabels(people?: Facet): LabelFacet {
  const { id } = useWorkspace();
  const staleTime = STALE_MS;
  const tags = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id), staleTime }).data;
  const personas = useQuery({
    queryKey: keys.personas(id),
    queryFn: () => listPersonas(id),
    staleTime,
  }).data;
  const studies = useQuery({
    queryKey: keys.studies(id),
    queryFn: () => listStudies(id),
    staleTime,
  }).data;
  return useCallback(
    (field, value) => {
      const named: Record<FacetField, () => string | undefined> = {
        quadrant: () => QUADRANTS.find((quadrant) => quadrant.id === value)?.name,
        persona: () => personas?.results.find((persona) => persona.id === value)?.name,
        aspect: () => toTitle(value),
        tag: () => tags?.find((tag) => tag.id === value)?.name,
        study: () => studies?.results.find((study) => study.id === value)?.title,
        session_kind: () => SESSION_KIND_NAMES[value as keyof typeof SESSION_KIND_NAMES],
        participant: () =>
          people ? people.values.find((one) => one.value === value)?.label : 'One participant',
        attribute: () => {
          const [name, label] = splitAttribute(value);
          return name ? `${toTitle(name)}: ${label}` : label;
        },
        kind: () => KIND_NAMES[value],
        product_area: () => value,
        speaker_role: () => toTitle(value),
        intensity: () => `Feeling ${formatStrength(Number(value))}`,
      };
      return named[field]() ?? `Unknown ${field.replace('_', ' ')}`;
    },
    [tags, personas, studies, people],
  );
}
