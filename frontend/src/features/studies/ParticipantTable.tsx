/** Who was heard in a study, whether they agree to be quoted, and for which persona they speak. */

import { Select, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import {
  keys,
  listPersonas,
  type Participant,
  setParticipantConsent,
  setParticipantPersona,
} from '@/api';
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

/** What somebody said goes from every page when they withdraw, and comes back if they agree. */
function ConsentPicker({ participant }: { participant: Participant }) {
  const { id, permissions } = useWorkspace();
  const client = useQueryClient();
  const setConsent = useMutation({
    mutationFn: (consent: Participant['consent']) =>
      setParticipantConsent(id, participant.id, consent),
    onError: (error) => notifyFailure('The consent was not changed.', error),
    onSettled: () => client.invalidateQueries({ queryKey: [id] }),
  });
  if (!permissions.may_edit_research) return <>{CONSENT_WORDS[participant.consent]}</>;
  const choices = Object.entries(CONSENT_WORDS);
  return (
    <Select
      size="xs"
      maw={160}
      aria-label={`Consent of ${participant.code_name}`}
      allowDeselect={false}
      data={choices.map(([value, label]) => ({ value, label }))}
      value={participant.consent}
      onChange={(consent) => setConsent.mutate(consent as Participant['consent'])}
    />
  );
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
            <Table.Td className={classes.wide}>
              <ConsentPicker participant={person} />
            </Table.Td>
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
