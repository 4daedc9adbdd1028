/** The insights about a persona, and the way to link another. */

import { ActionIcon, Button, Group, Modal, Text, Title, Tooltip } from '@mantine/core';
import { IconPlus, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { type InsightRow, type PersonaDetail, setInsightPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { InsightCard, InsightPicker, useFreshEvidence, usePeopleTotal } from '@/features/evidence';
import { notifyFailure, notifyWithUndo } from '@/ui';
import classes from './PersonaPage.module.css';

function useLinking(personaId: string) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const set = async (insight: InsightRow, isLinked: boolean) => {
    const others = insight.personas.map((one) => one.id).filter((one) => one !== personaId);
    try {
      await setInsightPersonas(id, insight.id, isLinked ? [...others, personaId] : others);
    } catch (error) {
      notifyFailure('The link was not changed', error);
    }
    await refresh();
  };
  return {
    link: (insight: InsightRow) => set(insight, true),
    unlink: async (insight: InsightRow) => {
      await set(insight, false);
      notifyWithUndo({ message: 'Insight unlinked', onUndo: () => set(insight, true) });
    },
  };
}

function LinkDialog({ persona, onClose }: { persona: PersonaDetail; onClose: () => void }) {
  const [words, setWords] = useState('');
  const { link } = useLinking(persona.id);
  return (
    <Modal opened onClose={onClose} title={`Link an insight to ${persona.name}`} size="lg">
      <InsightPicker
        words={words}
        onWords={setWords}
        onTake={(insight) => void link(insight).then(onClose)}
        isOffered={(insight) => !insight.personas.some((one) => one.id === persona.id)}
      />
    </Modal>
  );
}

export function LinkedInsights({ persona }: { persona: PersonaDetail }) {
  const { permissions } = useWorkspace();
  const [isLinking, setIsLinking] = useState(false);
  const { unlink } = useLinking(persona.id);
  const peopleTotal = usePeopleTotal();
  const isEditable = permissions.may_write_insights;
  const unlinkButton = (insight: InsightRow) => (
    <Tooltip label="Unlink">
      <ActionIcon
        size="sm"
        variant="subtle"
        aria-label={`Unlink “${insight.statement}”`}
        onClick={() => void unlink(insight)}
      >
        <IconUnlink size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <section aria-labelledby="insights">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="insights">
          Insights
        </Title>
        {isEditable ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setIsLinking(true)}
          >
            Link
          </Button>
        ) : null}
      </Group>
      {persona.insights.length === 0 ? (
        <Text size="sm" c="dimmed">
          No insight is about {persona.name} yet.
        </Text>
      ) : null}
      <ul className={classes.insights}>
        {persona.insights.map((insight) => (
          <li key={insight.id}>
            <InsightCard
              insight={insight}
              peopleTotal={peopleTotal}
              action={isEditable ? unlinkButton(insight) : undefined}
            />
          </li>
        ))}
      </ul>
      {isLinking ? <LinkDialog persona={persona} onClose={() => setIsLinking(false)} /> : null}
    </section>
  );
}
