/** Choosing the persona that words speak for. */

import { useState } from 'react';
import type { Persona } from '@/api';
import { PickList, type PickOption } from '@/ui';
import { scoreName } from './matchTags';
import classes from './Pickers.module.css';

interface PersonaPickerProps {
  personas: readonly Persona[];
  personaId: string | null;
  /** That of whoever speaks here. */
  proposedId: string | null;
  onChoose: (personaId: string | null) => void;
  onClose: () => void;
}

function matchPersonas(personas: readonly Persona[], query: string): Persona[] {
  return personas
    .map((persona) => ({ persona, score: scoreName(persona.name, query) }))
    .filter(({ score }) => score !== null)
    .sort(
      (a, b) => Number(a.score) - Number(b.score) || a.persona.name.localeCompare(b.persona.name),
    )
    .map(({ persona }) => persona);
}

export function PersonaPicker(props: PersonaPickerProps) {
  const { personas, personaId, proposedId, onChoose, onClose } = props;
  const [query, setQuery] = useState('');
  const matches: (Persona | null)[] = matchPersonas(personas, query);
  const choices = query.trim() ? matches : [...matches, null];
  const options = choices.map((persona): PickOption => {
    const id = persona?.id ?? null;
    return {
      key: id ?? 'nobody',
      isChosen: id === personaId,
      content: (
        <span className={classes.name}>
          {persona?.name ?? 'No persona'}
          {id && id === proposedId ? <span className={classes.path}> speaks here</span> : null}
        </span>
      ),
    };
  });
  return (
    <PickList
      label="Find a persona"
      listLabel="Personas"
      query={query}
      onQuery={setQuery}
      options={options}
      onTake={(index) => {
        onChoose(choices[index]?.id ?? null);
        onClose();
      }}
      onClose={onClose}
      hasAutoFocus
      empty={
        personas.length ? 'No persona by that name.' : 'There is no persona yet: make one first.'
      }
    />
  );
}
