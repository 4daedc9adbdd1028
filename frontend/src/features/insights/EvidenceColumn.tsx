/** The voices on one side of an insight. */

import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconNote, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { InsightDetail, InsightEvidence, Stance } from '@/api';
import { countPeople, ExcerptCard, ExcerptPicker } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { EditableText, formatPeople } from '@/ui';
import classes from './InsightPage.module.css';
import type { InsightChanges } from './useInsightChanges';

interface EvidenceColumnProps {
  insight: InsightDetail;
  stance: Stance;
  peopleTotal?: number;
  isEditable: boolean;
  changes: InsightChanges;
}

interface ItemProps {
  evidence: InsightEvidence;
  isEditable: boolean;
  changes: InsightChanges;
}

const SIDES: Record<Stance, { title: string; other: Stance; move: string; nothing: string }> = {
  for: {
    title: 'For',
    other: 'against',
    move: 'Speaks against it',
    nothing: 'Nobody speaks for it yet.',
  },
  against: {
    title: 'Against',
    other: 'for',
    move: 'Speaks for it',
    nothing: 'Nobody speaks against it. Has someone looked?',
  },
};

function ItemMenu({ evidence, changes, onNote }: ItemProps & { onNote: () => void }) {
  const side = SIDES[evidence.stance];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" aria-label="Change this evidence">
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowsExchange size={16} aria-hidden />}
          onClick={() => void changes.setStance(evidence, side.other)}
        >
          {side.move}
        </Menu.Item>
        {evidence.note ? null : (
          <Menu.Item leftSection={<IconNote size={16} aria-hidden />} onClick={onNote}>
            Add a note
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => void changes.remove(evidence)}
        >
          Take away
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ evidence, isEditable, changes }: ItemProps) {
  const [isNoting, setIsNoting] = useState(false);
  const hasNote = evidence.note !== '' || isNoting;
  return (
    <li>
      <ExcerptCard
        excerpt={evidence.excerpt}
        isCompact
        note={
          hasNote ? (
            <EditableText
              text={evidence.note}
              label="the note"
              invitation="Why this matters here"
              isEditable={isEditable}
              onSave={(note) => changes.note(evidence, note)}
            />
          ) : undefined
        }
        actions={
          isEditable ? (
            <ItemMenu
              evidence={evidence}
              isEditable={isEditable}
              changes={changes}
              onNote={() => setIsNoting(true)}
            />
          ) : undefined
        }
      />
    </li>
  );
}

export function EvidenceColumn(props: EvidenceColumnProps) {
  const { insight, stance, peopleTotal, isEditable, changes } = props;
  const [isPicking, setIsPicking] = useState(false);
  const { title, nothing } = SIDES[stance];
  const evidence = insight.evidence.filter((one) => one.stance === stance);
  const people = countPeople(evidence.map((one) => one.excerpt));
  return (
    <section className={classes.column} data-stance={stance} aria-label={`Evidence ${stance}`}>
      <header className={classes.columnHead}>
        <h2 className={classes.columnName}>{title}</h2>
        <Text size="sm" c="dimmed">
          {evidence.length > 0
            ? `${formatPeople(people, peopleTotal)}, ${formatCount(evidence.length, 'excerpt')}`
            : null}
        </Text>
        {isEditable ? (
          <Button
            size="compact-sm"
            variant="default"
            className={classes.add}
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setIsPicking(true)}
          >
            Add<span className="only-for-screen-readers"> evidence {stance} it</span>
          </Button>
        ) : null}
      </header>
      {evidence.length === 0 ? <Text c="dimmed">{nothing}</Text> : null}
      <ul className={classes.evidence}>
        {evidence.map((one) => (
          <Item key={one.id} evidence={one} isEditable={isEditable} changes={changes} />
        ))}
      </ul>
      {isPicking ? (
        <ExcerptPicker
          title={`Evidence ${stance} “${insight.statement}”`}
          isChosen={(excerpt) => insight.evidence.some((one) => one.excerpt.id === excerpt.id)}
          onAdd={(excerpt) => void changes.add(excerpt, stance)}
          onClose={() => setIsPicking(false)}
        />
      ) : null}
    </section>
  );
}
