/** Who was heard in a study, and which persona each of them speaks for. */

import { Select, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, listPersonas, type Participant, setParticipantPersona } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { notifyFailure } from '@/ui';
import classes from './SessionTable.module.css';

const CONSENT_WORDS: Record<Participant['consent'], string> = {
  unknown: 'Not recorded',
  given: 'Given',
  withdrawn: 'Withdrawn',
};

function useSetPersona() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: { participantId: string; personaId: string | null }) =>
      setParticipantPersona(id, choice.participantId, choice.personaId),
    onError: (error) => notifyFailure('The persona was not changed.', error),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.participants(id) });
      void client.invalidateQueries({ queryKey: keys.personas(id) });
      void client.invalidateQueries({ queryKey: [id, 'session'] });
    },
  });
}

function describeAttributes(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${value}`)
    .join(' · ');
}

function PersonaPicker({ participant }: { participant: Participant }) {
  const { id, permissions } = useWorkspace();
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const setPersona = useSetPersona();
  if (!permissions.may_edit_research) return <>{participant.persona_name ?? '–'}</>;
  return (
    <Select
      size="xs"
      maw={220}
      miw={150}
      aria-label={`Persona of ${participant.code_name}`}
      placeholder="No persona"
      clearable
      data={(personas.data?.results ?? []).map(({ id: value, name }) => ({ value, label: name }))}
      value={participant.persona_id}
      onChange={(personaId) => setPersona.mutate({ participantId: participant.id, personaId })}
    />
  );
}

export function ParticipantTable({ participants }: { participants: Participant[] }) {
  const { id } = useWorkspace();
  return (
    <Table verticalSpacing="xs" className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Person</Table.Th>
          <Table.Th>Speaks for</Table.Th>
          <Table.Th className={classes.wide}>Consent</Table.Th>
          <Table.Th className={`${classes.number} ${classes.wide}`}>Excerpts</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {participants.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td>
              <Text component="span" size="sm" fw={600}>
                {person.code_name}
              </Text>
              {person.real_name ? (
                <Text component="span" size="sm">
                  {' '}
                  {person.real_name}
                </Text>
              ) : null}
              <Text size="xs" c="dimmed">
                {describeAttributes(person.attributes)}
              </Text>
            </Table.Td>
            <Table.Td>
              <PersonaPicker participant={person} />
            </Table.Td>
            <Table.Td className={classes.wide}>{CONSENT_WORDS[person.consent]}</Table.Td>
            <Table.Td className={`${classes.number} ${classes.wide}`}>
              {person.excerpt_count > 0 ? (
                <Link
                  to={paths.saidBy(id, person.id)}
                  className={classes.said}
                  aria-label={`${formatCount(person.excerpt_count, 'excerpt')} of ${person.code_name}`}
                >
                  {person.excerpt_count}
                </Link>
              ) : (
                0
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
