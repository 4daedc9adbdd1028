/** The insights about a persona, and the way to link another. */

import { ActionIcon, Button, Group, Modal, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconPlus, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type InsightRow, keys, listInsights, type PersonaDetail, setInsightPersonas } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { InsightCard, InsightChoice, useFreshEvidence, usePeopleTotal } from '@/features/evidence';
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
  const { id } = useWorkspace();
  const [insightId, setInsightId] = useState<string | null>(null);
  const { link } = useLinking(persona.id);
  const insights = useQuery({ queryKey: keys.insights(id), queryFn: () => listInsights(id) });
  const chosen = insights.data?.results.find((insight) => insight.id === insightId);
  return (
    <Modal opened onClose={onClose} title={`Link an insight to ${persona.name}`} size="lg">
      <Stack>
        <InsightChoice
          insightId={insightId}
          onChange={setInsightId}
          isOffered={(insight) => !insight.personas.some((one) => one.id === persona.id)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!chosen} onClick={() => chosen && void link(chosen).then(onClose)}>
            Link insight
          </Button>
        </Group>
      </Stack>
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
