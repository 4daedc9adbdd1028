/** Choosing the personas something is about. */

import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keys, listPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';

interface PersonaPickerProps {
  personaIds: string[];
  onChange: (personaIds: string[]) => void;
  label?: string;
}

export function PersonaPicker({ personaIds, onChange, label = 'Personas' }: PersonaPickerProps) {
  const { id } = useWorkspace();
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const choices = (personas.data?.results ?? []).map(({ id: value, name }) => ({
    value,
    label: name,
  }));
  return (
    <MultiSelect
      label={label}
      placeholder={personaIds.length === 0 ? 'Whom it is about' : undefined}
      data={choices}
      value={choices.length > 0 ? personaIds : []}
      onChange={onChange}
      searchable
      clearable
      nothingFoundMessage="No persona by that name"
    />
  );
}
