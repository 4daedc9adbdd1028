/** The people a persona stands for; each opens what they said. */

import { ActionIcon, Select, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  keys,
  listParticipants,
  type ParticipantRef,
  type PersonaDetail,
  setParticipantPersona,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceDrawer, useFreshEvidence } from '@/features/evidence';
import { formatPerson } from '@/lib/text';
import { formatPeople, notifyFailure, notifyWithUndo } from '@/ui';
import classes from './PersonaPage.module.css';

function useBelonging(personaId: string) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const give = async (participantId: string, newPersonaId: string | null) => {
    try {
      await setParticipantPersona(id, participantId, newPersonaId);
    } catch (error) {
      notifyFailure('The person was not changed', error);
    }
    await refresh();
  };
  return {
    add: (participantId: string) => give(participantId, personaId),
    remove: async (person: ParticipantRef) => {
      await give(person.id, null);
      notifyWithUndo({
        message: `${person.code_name} no longer belongs to this persona`,
        onUndo: () => give(person.id, personaId),
      });
    },
  };
}

function AddPerson({ onAdd }: { onAdd: (participantId: string) => void }) {
  const { id } = useWorkspace();
  const participants = useQuery({
    queryKey: keys.participants(id),
    queryFn: () => listParticipants(id),
  });
  const free = participants.data?.results.filter((person) => !person.persona_id) ?? [];
  if (free.length === 0) return null;
  return (
    <Select
      mt="xs"
      size="sm"
      aria-label="Add a person"
      placeholder="Add a person"
      searchable
      value={null}
      data={free.map((person) => ({ value: person.id, label: formatPerson(person) }))}
      onChange={(participantId) => participantId && onAdd(participantId)}
      nothingFoundMessage="Nobody by that name without a persona"
    />
  );
}

export function PeopleOfPersona({ persona }: { persona: PersonaDetail }) {
  const { permissions } = useWorkspace();
  const [heard, setHeard] = useState<ParticipantRef | null>(null);
  const { add, remove } = useBelonging(persona.id);
  const isEditable = permissions.may_edit_research;
  return (
    <section aria-labelledby="people">
      <Title order={2} id="people">
        People
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {persona.people.length > 0
          ? `${formatPeople(persona.people.length)} like ${persona.name}`
          : `No participant belongs to ${persona.name} yet.`}
      </Text>
      <ul className={classes.people}>
        {persona.people.map((person) => (
          <li key={person.id} className={classes.person}>
            <UnstyledButton
              className={classes.personName}
              onClick={() => setHeard(person)}
              title={`What ${person.code_name} said`}
            >
              {formatPerson(person)}
            </UnstyledButton>
            {isEditable ? (
              <Tooltip label="Take out of this persona">
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  aria-label={`Take ${person.code_name} out of this persona`}
                  onClick={() => void remove(person)}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </li>
        ))}
      </ul>
      {isEditable ? <AddPerson onAdd={(participantId) => void add(participantId)} /> : null}
      {heard ? (
        <EvidenceDrawer
          title={`What ${formatPerson(heard)} said`}
          filters={{ participant: heard.id }}
          onClose={() => setHeard(null)}
        />
      ) : null}
    </section>
  );
}
