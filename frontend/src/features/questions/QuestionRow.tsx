/** One question: how many ask it, what there is by now, and what a researcher makes of it. */

import { Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, listStudies, type OpenQuestion } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople, RelativeTime } from '@/ui';
import classes from './Questions.module.css';
import { useQuestionChanges } from './useQuestionChanges';

function StudyMenu({ onChoose }: { onChoose: (studyId: string) => void }) {
  const { id } = useWorkspace();
  const studies = useQuery({ queryKey: keys.studies(id), queryFn: () => listStudies(id) });
  const rows = studies.data?.results ?? [];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="light"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Put into a study
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {rows.length === 0 ? <Menu.Label>There is no study yet.</Menu.Label> : null}
        {rows.map((study) => (
          <Menu.Item key={study.id} onClick={() => onChoose(study.id)}>
            {study.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Actions({ question }: { question: OpenQuestion }) {
  const { adopt, dismiss, reopen } = useQuestionChanges(question);
  if (question.state !== 'open') {
    return (
      <Button size="compact-sm" variant="default" onClick={() => reopen.mutate()}>
        Open again
      </Button>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <StudyMenu onChoose={(studyId) => adopt.mutate(studyId)} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => dismiss.mutate()}>
        Dismiss
      </Button>
    </Group>
  );
}

export function QuestionRow({ question }: { question: OpenQuestion }) {
  const { id, permissions } = useWorkspace();
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Anchor component={Link} to={paths.search(id, question.words)} className={classes.words}>
          {question.words}
        </Anchor>
        <Text size="sm" c="dimmed">
          {formatCount(question.askers, 'person', 'people')} asked
          {question.is_mine ? ', you too' : ''} · last{' '}
          <RelativeTime time={question.last_asked_at} /> ·{' '}
          {question.excerpts === 0
            ? 'nobody was heard on it'
            : `${formatCount(question.excerpts, 'excerpt')} from ${formatPeople(question.people)}`}
          {question.study ? (
            <>
              {' · in '}
              <Anchor component={Link} to={paths.study(id, question.study.id)} size="sm">
                {question.study.title}
              </Anchor>
            </>
          ) : null}
        </Text>
      </div>
      {permissions.may_edit_research ? <Actions question={question} /> : null}
    </li>
  );
}
