/** One study: what it is about, and how much was heard. */

import { Badge, Group, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Study } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatHeard } from '@/lib/time';
import { RelativeTime } from '@/ui';
import classes from './StudyCard.module.css';

export function StudyFacts({ study }: { study: Study }) {
  const facts = [
    formatCount(study.session_count, 'session'),
    ...(study.heard_ms > 0 ? [`${formatHeard(study.heard_ms)} heard`] : []),
    formatCount(study.participant_count, 'person', 'people'),
    formatCount(study.excerpt_count, 'excerpt'),
  ];
  return (
    <Text size="sm" c="dimmed">
      {/* A number stays beside what it counts. */}
      {facts.map((fact) => fact.replaceAll(' ', '\u00a0')).join(' · ')}
    </Text>
  );
}

export function StudyCard({ study }: { study: Study }) {
  const { id } = useWorkspace();
  return (
    <li className={classes.card}>
      <Group justify="space-between" gap="xs" mih={22}>
        <Text size="xs" c="dimmed" fw={550}>
          {study.product_area || 'Study'}
        </Text>
        {study.is_sample ? (
          <Badge variant="default" size="sm" tt="none" fw={550}>
            Sample
          </Badge>
        ) : null}
      </Group>
      <Title order={2} size="h3">
        <Link to={paths.study(id, study.id)} className={classes.link}>
          {study.title}
        </Link>
      </Title>
      {study.description ? (
        <Text size="sm" lineClamp={3}>
          {study.description}
        </Text>
      ) : null}
      <div className={classes.foot}>
        <StudyFacts study={study} />
        {study.last_activity_at ? (
          <Text size="xs" c="dimmed">
            Last changed <RelativeTime time={study.last_activity_at} />
          </Text>
        ) : null}
      </div>
    </li>
  );
}
