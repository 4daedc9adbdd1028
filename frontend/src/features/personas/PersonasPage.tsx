/** All personas, each with the people it stands on. */

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { keys, listPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { NewPersonaDialog } from './NewPersonaDialog';
import { PersonaCard } from './PersonaCard';
import classes from './PersonasPage.module.css';

export function PersonasPage() {
  const { id, permissions } = useWorkspace();
  const [isWriting, { open, close }] = useDisclosure(false);
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const newButton = permissions.may_edit_research ? (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={open}>
      New persona
    </Button>
  ) : null;
  return (
    <PageBody>
      <PageHeader
        title="Personas"
        description="The people you build for, made of what real people said and did."
        action={newButton}
      />
      {personas.error && !personas.data ? (
        <ErrorNotice error={personas.error} onRetry={() => void personas.refetch()} />
      ) : null}
      {personas.isPending ? <Loading label="Loading personas" rowHeight={140} /> : null}
      {personas.data?.results.length === 0 ? (
        <EmptyState
          icon={<IconUsers size={40} stroke={1.4} />}
          title="No personas yet"
          action={newButton}
        >
          Make one for each kind of person you keep hearing, and give it to the participants who are
          like that. What they say then gathers on its empathy map.
        </EmptyState>
      ) : null}
      <ul className={classes.cards}>
        {personas.data?.results.map((persona) => (
          <li key={persona.id}>
            <PersonaCard persona={persona} />
          </li>
        ))}
      </ul>
      {isWriting ? <NewPersonaDialog onClose={close} /> : null}
    </PageBody>
  );
}
