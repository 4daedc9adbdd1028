/** What comes of an insight: where it stands, what could be done, what was done, about whom. */

import { ActionIcon, Select, Title, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type InsightDetail, keys, listPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { EditableText, PersonPicture } from '@/ui';
import classes from './InsightPage.module.css';
import { StatusSteps } from './StatusSteps';
import type { InsightChanges } from './useInsightChanges';

interface OutcomeProps {
  insight: InsightDetail;
  isEditable: boolean;
  changes: InsightChanges;
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} className={classes.blockTitle}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Personas({ insight, isEditable, changes }: OutcomeProps) {
  const { id } = useWorkspace();
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const linked = insight.personas.map((persona) => persona.id);
  const others = personas.data?.results.filter((persona) => !linked.includes(persona.id)) ?? [];
  return (
    <Block title="About">
      <ul className={classes.personas}>
        {insight.personas.map((persona) => (
          <li key={persona.id} className={classes.persona}>
            <Link to={paths.persona(id, persona.id)} className={classes.personaLink}>
              <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={34} />
              {persona.name}
            </Link>
            {isEditable ? (
              <Tooltip label="Unlink">
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  aria-label={`Unlink ${persona.name}`}
                  onClick={() =>
                    void changes.setPersonas(linked.filter((one) => one !== persona.id))
                  }
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </li>
        ))}
      </ul>
      {insight.personas.length === 0 && !isEditable ? (
        <span className={classes.nothing}>No persona is linked.</span>
      ) : null}
      {isEditable && others.length > 0 ? (
        <Select
          mt={6}
          size="sm"
          aria-label="Link a persona"
          placeholder="Link a persona"
          value={null}
          data={others.map(({ id: value, name }) => ({ value, label: name }))}
          onChange={(personaId) => personaId && void changes.setPersonas([...linked, personaId])}
        />
      ) : null}
    </Block>
  );
}

export function InsightOutcome({ insight, isEditable, changes }: OutcomeProps) {
  return (
    <div className={classes.outcome}>
      <StatusSteps
        status={insight.status}
        isEditable={isEditable}
        onChange={(status) => void changes.setStatus(status)}
      />
      <Block title="Opportunity">
        <EditableText
          text={insight.opportunity}
          label="the opportunity"
          invitation="What could be done about it"
          isEditable={isEditable}
          onSave={(opportunity) => changes.write({ opportunity })}
        >
          {insight.opportunity || <span className={classes.nothing}>Not written yet.</span>}
        </EditableText>
      </Block>
      <Block title="What was done">
        <EditableText
          text={insight.action_note}
          label="what was done"
          invitation="Say what was done, and when"
          isEditable={isEditable}
          onSave={(action_note) => changes.write({ action_note })}
        >
          {insight.action_note || <span className={classes.nothing}>Nothing yet.</span>}
        </EditableText>
      </Block>
      <Personas insight={insight} isEditable={isEditable} changes={changes} />
    </div>
  );
}
