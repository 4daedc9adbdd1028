/** An insight in short: its statement, who stands behind it, how far it has come. */

import { Group, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { InsightRow } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { PersonPicture, RelativeTime } from '@/ui';
import classes from './InsightCard.module.css';
import { InsightStatusBadge } from './InsightStatusBadge';
import { MarkedText } from './MarkedText';

interface InsightCardProps {
  insight: InsightRow;
  highlights?: readonly (readonly [start: number, end: number])[];
  /** How many people were heard in all. */
  peopleTotal?: number;
  hasStatus?: boolean;
  action?: ReactNode;
}

export function formatInsightPeople(insight: InsightRow, peopleTotal?: number): string {
  const { people_for, people_against } = insight;
  if (people_for + people_against === 0) return 'No evidence yet';
  const ofAll = peopleTotal === undefined ? '' : ` of ${peopleTotal}`;
  const noun = (peopleTotal ?? people_for) === 1 ? 'person' : 'people';
  const against = people_against > 0 ? `, ${people_against} against` : '';
  return `${people_for}${ofAll} ${noun} for it${against}`;
}

function Personas({ personas }: Pick<InsightRow, 'personas'>) {
  if (personas.length === 0) return null;
  return (
    <Group gap={4} wrap="nowrap">
      {personas.map((persona) => (
        <Tooltip key={persona.id} label={persona.name}>
          <span className={classes.persona}>
            <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={26} />
          </span>
        </Tooltip>
      ))}
    </Group>
  );
}

function Facts({ insight, peopleTotal }: Pick<InsightCardProps, 'insight' | 'peopleTotal'>) {
  return (
    <p className={classes.facts}>
      <span>{formatInsightPeople(insight, peopleTotal)}</span>
      {insight.study_count > 1 ? (
        <span>{formatCount(insight.study_count, 'study', 'studies')}</span>
      ) : null}
      {insight.newest_at ? (
        <span>
          newest <RelativeTime time={insight.newest_at} />
        </span>
      ) : null}
    </p>
  );
}

export function InsightCard(props: InsightCardProps) {
  const { insight, highlights, peopleTotal, hasStatus = true, action } = props;
  const { id } = useWorkspace();
  return (
    <div className={classes.card}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Link to={paths.insight(id, insight.id)} className={classes.statement}>
          <MarkedText text={insight.statement} ranges={highlights} />
        </Link>
        {action}
      </Group>
      <Facts insight={insight} peopleTotal={peopleTotal} />
      <Group justify="space-between" gap="xs" mt={6} className={classes.foot}>
        {hasStatus ? <InsightStatusBadge status={insight.status} /> : null}
        <Personas personas={insight.personas} />
      </Group>
    </div>
  );
}
