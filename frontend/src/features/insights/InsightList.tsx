/** Insights one under the other, as the server orders them. */

import { Text } from '@mantine/core';
import type { InsightRow } from '@/api';
import { InsightCard, usePeopleTotal } from '@/features/evidence';
import classes from './Board.module.css';

export function InsightList({ insights }: { insights: readonly InsightRow[] }) {
  const peopleTotal = usePeopleTotal();
  if (insights.length === 0) return <Text c="dimmed">No insight is about this persona yet.</Text>;
  return (
    <ul className={classes.list}>
      {insights.map((insight) => (
        <li key={insight.id}>
          <InsightCard insight={insight} peopleTotal={peopleTotal} />
        </li>
      ))}
    </ul>
  );
}
