/** The board: one column for each of the four A's; cards move by menu or by dragging. */

import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { InsightRow } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { InsightCard, STATUS_STEPS, usePeopleTotal } from '@/features/evidence';
import classes from './Board.module.css';
import { type MoveInsight, useMoving } from './useMoving';

type Step = (typeof STATUS_STEPS)[number];

interface MoveMenuProps {
  insight: InsightRow;
  onMove: MoveInsight;
}

function MoveMenu({ insight, onMove }: MoveMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" aria-label={`Move “${insight.statement}”`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Move to</Menu.Label>
        {STATUS_STEPS.map(({ status, name }) => (
          <Menu.Item
            key={status}
            disabled={status === insight.status}
            onClick={() => void onMove(insight, status)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ColumnProps {
  step: Step;
  insights: readonly InsightRow[];
  peopleTotal?: number;
  /** Left out for those who may not move cards. */
  onMove?: MoveInsight;
  dragged: InsightRow | null;
  onDrag: (insight: InsightRow | null) => void;
}

function Column({ step, insights, peopleTotal, onMove, dragged, onDrag }: ColumnProps) {
  const [isOver, setIsOver] = useState(false);
  const accepts = dragged !== null && dragged.status !== step.status;
  const onDragOver = (event: DragEvent) => {
    if (!accepts) return;
    event.preventDefault();
    setIsOver(true);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (accepts && onMove) void onMove(dragged, step.status);
    onDrag(null);
  };
  return (
    <section
      className={classes.column}
      aria-label={step.name}
      data-is-over={(isOver && accepts) || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <header className={classes.columnHead}>
        <h2 className={classes.columnName}>
          {step.name} <span className={classes.count}>{insights.length}</span>
        </h2>
        <p className={classes.meaning}>{step.meaning}</p>
      </header>
      <ul className={classes.cards}>
        {insights.map((insight) => (
          <li
            key={insight.id}
            draggable={onMove !== undefined}
            data-is-dragged={dragged?.id === insight.id || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              onDrag(insight);
            }}
            onDragEnd={() => onDrag(null)}
          >
            <InsightCard
              insight={insight}
              peopleTotal={peopleTotal}
              hasStatus={false}
              action={onMove ? <MoveMenu insight={insight} onMove={onMove} /> : undefined}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Board({ insights }: { insights: readonly InsightRow[] }) {
  const { permissions } = useWorkspace();
  const peopleTotal = usePeopleTotal();
  const move = useMoving();
  const [dragged, setDragged] = useState<InsightRow | null>(null);
  return (
    <div className={classes.board}>
      {STATUS_STEPS.map((step) => (
        <Column
          key={step.status}
          step={step}
          insights={insights.filter((insight) => insight.status === step.status)}
          peopleTotal={peopleTotal}
          onMove={permissions.may_write_insights ? move : undefined}
          dragged={dragged}
          onDrag={setDragged}
        />
      ))}
    </div>
  );
}
