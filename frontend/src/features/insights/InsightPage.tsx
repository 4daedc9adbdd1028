/** One insight: its statement, the voices for and against it, and what came of it. */

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { type InsightDetail, keys, readInsight } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { usePeopleTotal } from '@/features/evidence';
import { MemoSection } from '@/features/memos';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { EditableText, ErrorNotice, Loading, PageBody, PageHeader, RelativeTime } from '@/ui';
import { EvidenceColumn } from './EvidenceColumn';
import { InsightMenu } from './InsightMenu';
import { InsightOutcome } from './InsightOutcome';
import classes from './InsightPage.module.css';
import { type InsightChanges, useInsightChanges } from './useInsightChanges';

interface HeaderProps {
  insight: InsightDetail;
  isEditable: boolean;
  changes: InsightChanges;
}

function Facts({ insight }: { insight: InsightDetail }) {
  return (
    <Text size="sm" c="dimmed" mt={8}>
      {formatCount(insight.study_count, 'study', 'studies')}
      {insight.newest_at ? (
        <>
          {' '}
          · newest voice <RelativeTime time={insight.newest_at} />
        </>
      ) : null}
      {insight.created_by ? ` · written by ${insight.created_by.name}` : ''} · changed{' '}
      <RelativeTime time={insight.updated_at} />
    </Text>
  );
}

function Header({ insight, isEditable, changes }: HeaderProps) {
  const { id } = useWorkspace();
  return (
    <PageHeader
      title={insight.statement}
      titleContent={
        <EditableText
          text={insight.statement}
          label="the statement"
          isEditable={isEditable}
          isRequired
          maxLength={500}
          onSave={(statement) => changes.write({ statement })}
        />
      }
      trail={[{ label: 'Insights', to: paths.insights(id) }]}
      description={
        <>
          <EditableText
            text={insight.summary}
            label="the summary"
            invitation="Add a summary"
            isEditable={isEditable}
            onSave={(summary) => changes.write({ summary })}
          />
          <Facts insight={insight} />
        </>
      }
      action={<InsightMenu insight={insight} />}
    />
  );
}

function Insight({ insight }: { insight: InsightDetail }) {
  const { permissions } = useWorkspace();
  const changes = useInsightChanges(insight.id);
  const peopleTotal = usePeopleTotal();
  const isEditable = permissions.may_write_insights;
  const shared = { insight, isEditable, changes };
  return (
    <PageBody>
      <Header {...shared} />
      <InsightOutcome {...shared} />
      <div className={classes.columns}>
        <EvidenceColumn {...shared} stance="for" peopleTotal={peopleTotal} />
        <EvidenceColumn {...shared} stance="against" peopleTotal={peopleTotal} />
      </div>
      <div className={classes.memos}>
        <MemoSection
          subject={{ kind: 'insight', id: insight.id }}
          invitation="Does it hold? What could be done about it? Say it here; @ tells a colleague."
        />
      </div>
    </PageBody>
  );
}

export function InsightPage() {
  const { id } = useWorkspace();
  const { insightId = '' } = useParams();
  const insight = useQuery({
    queryKey: keys.insight(id, insightId),
    queryFn: () => readInsight(id, insightId),
  });
  if (insight.data) return <Insight insight={insight.data} />;
  return (
    <PageBody>
      <PageHeader title="Insight" trail={[{ label: 'Insights', to: paths.insights(id) }]} />
      {insight.error ? (
        <ErrorNotice error={insight.error} onRetry={() => void insight.refetch()} />
      ) : (
        <Loading label="Loading the insight" rowHeight={110} />
      )}
    </PageBody>
  );
}
