/** Choosing one of the insights that exist. */

import { Radio, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type InsightRow, keys, listInsights } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import { formatInsightPeople } from './InsightCard';
import { getStatusStep } from './insightStatus';

interface InsightChoiceProps {
  insightId: string | null;
  onChange: (insightId: string) => void;
  /** Leaves out insights that make no sense to choose. */
  isOffered?: (insight: InsightRow) => boolean;
}

export function InsightChoice({ insightId, onChange, isOffered }: InsightChoiceProps) {
  const { id } = useWorkspace();
  const [words, setWords] = useState('');
  const insights = useQuery({ queryKey: keys.insights(id), queryFn: () => listInsights(id) });
  if (insights.error) return <ErrorNotice error={insights.error} />;
  if (!insights.data) return <Loading label="Loading insights" rows={3} rowHeight={48} />;
  const matching = insights.data.results.filter(
    (insight) =>
      insight.statement.toLowerCase().includes(words.trim().toLowerCase()) &&
      (isOffered?.(insight) ?? true),
  );
  return (
    <Stack gap="xs">
      <TextInput
        aria-label="Find an insight"
        placeholder="Find an insight"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={280} type="auto">
        <Radio.Group value={insightId} onChange={onChange} aria-label="Insight">
          <Stack gap="xs" py={4}>
            {matching.map((insight) => (
              <Radio
                key={insight.id}
                value={insight.id}
                label={insight.statement}
                description={`${getStatusStep(insight.status).name} · ${formatInsightPeople(insight)}`}
              />
            ))}
          </Stack>
        </Radio.Group>
        {matching.length === 0 ? (
          <Text c="dimmed" size="sm">
            {words.trim() ? 'No insight says this yet.' : 'There is no other insight to choose.'}
          </Text>
        ) : null}
      </ScrollArea.Autosize>
    </Stack>
  );
}
