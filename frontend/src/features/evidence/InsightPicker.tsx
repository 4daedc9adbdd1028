/** Choosing an insight by typing, or writing a new one. */

import { useQuery } from '@tanstack/react-query';
import { type InsightRow, keys, listInsights } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatInsightPeople } from './InsightCard';
import { getStatusStep } from './insightStatus';
import { PlacePicker } from './PlacePicker';

interface InsightPickerProps {
  words: string;
  onWords: (words: string) => void;
  onTake: (insight: InsightRow) => void;
  /** Left out where an insight is only chosen. */
  onCreate?: (statement: string) => void;
  /** Leaves out insights that make no sense to choose. */
  isOffered?: (insight: InsightRow) => boolean;
}

export function InsightPicker(props: InsightPickerProps) {
  const { words, onWords, onTake, onCreate, isOffered = () => true } = props;
  const { id } = useWorkspace();
  const insights = useQuery({ queryKey: keys.insights(id), queryFn: () => listInsights(id) });
  const offered = insights.data?.results.filter(isOffered);
  const data = offered?.map((insight) => ({
    insight,
    id: insight.id,
    name: insight.statement,
    facts: `${getStatusStep(insight.status).name} · ${formatInsightPeople(insight)}`,
  }));
  return (
    <PlacePicker
      label={onCreate ? 'Find an insight, or write a new one' : 'Find an insight'}
      listLabel="Insights"
      words={words}
      onWords={onWords}
      places={{ data, error: insights.error, refetch: insights.refetch }}
      onTake={(place) => onTake(place.insight)}
      creation={onCreate ? { noun: 'insight', mayBeUnnamed: true, onCreate } : undefined}
      empty={words.trim() ? 'No insight says this yet.' : 'There is no other insight to choose.'}
    />
  );
}
