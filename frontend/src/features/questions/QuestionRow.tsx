/** One question: how many ask it, what there is by now, and what a researcher makes of it. */

import { ActionIcon, Anchor, Button, Group, Menu, Modal, Text } from '@mantine/core';
import { IconChevronDown, IconDots, IconTrash, IconUserMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { keys, listStudies, type OpenQuestion } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatRelativeTime } from '@/lib/time';
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

interface DeleteDialogProps {
  question: OpenQuestion;
  onClose: () => void;
}

function DeleteDialog({ question, onClose }: DeleteDialogProps) {
  const { remove } = useQuestionChanges(question);
  return (
    <Modal opened onClose={onClose} title="Delete this question for good?">
      <Text size="sm">
        “{question.words}” and who asked it will be gone
        {question.study ? `, also from the questions of “${question.study.title}”` : ''}. This can’t
        be undone. It is meant for words that should never have been kept, such as a participant’s
        name; to have a question out of the way, dismiss it.
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete for good
        </Button>
      </Group>
    </Modal>
  );
}

/** Ways to leave no trace: asking it no longer, and deleting it with all who asked. */
function TraceMenu({ question }: { question: OpenQuestion }) {
  const { permissions } = useWorkspace();
  const { forget } = useQuestionChanges(question);
  const [isDeleting, setIsDeleting] = useState(false);
  if (!question.is_mine && !permissions.may_edit_research) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More about “${question.words}”`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {question.is_mine ? (
            <Menu.Item
              leftSection={<IconUserMinus size={16} aria-hidden />}
              onClick={() => forget.mutate()}
            >
              I don’t ask this any more
            </Menu.Item>
          ) : null}
          {permissions.may_edit_research ? (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setIsDeleting(true)}
            >
              Delete for good…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isDeleting ? (
        <DeleteDialog question={question} onClose={() => setIsDeleting(false)} />
      ) : null}
    </>
  );
}

function describeEvidence({ excerpts, people }: OpenQuestion, peopleTotal: number): string {
  if (excerpts === null || people === null) return 'not counted yet';
  if (excerpts === 0) return 'nobody was heard on it';
  const found = `${formatCount(excerpts, 'excerpt')} from ${formatPeople(people, peopleTotal)}`;
  return people === 1 ? `only one voice so far: ${found}` : found;
}

function nameAskers({ askers, is_mine: isMine }: OpenQuestion): string {
  if (isMine && askers === 1) return 'You asked';
  return `${formatCount(askers, 'person', 'people')} asked${isMine ? ', you too' : ''}`;
}

function describeAskers(question: OpenQuestion): string {
  const { askers, times } = question;
  const people = nameAskers(question);
  return times > askers ? `${people}, ${times} times in all` : people;
}

/** "3 weeks ago", or "first 3 weeks ago, last yesterday". */
function When({ question }: { question: OpenQuestion }) {
  const { first_asked_at: first, last_asked_at: last } = question;
  const isOneMoment = formatRelativeTime(new Date(first)) === formatRelativeTime(new Date(last));
  if (isOneMoment) return <RelativeTime time={last} />;
  return (
    <>
      first <RelativeTime time={first} />, last <RelativeTime time={last} />
    </>
  );
}

interface QuestionRowProps {
  question: OpenQuestion;
  peopleTotal: number;
}

export function QuestionRow({ question, peopleTotal }: QuestionRowProps) {
  const { id, permissions } = useWorkspace();
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Anchor component={Link} to={paths.search(id, question.words)} className={classes.words}>
          {question.words}
        </Anchor>
        <Text size="sm" c="dimmed">
          {describeAskers(question)} · <When question={question} /> ·{' '}
          {describeEvidence(question, peopleTotal)}
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
      <Group gap="xs" wrap="nowrap">
        {permissions.may_edit_research ? <Actions question={question} /> : null}
        <TraceMenu question={question} />
      </Group>
    </li>
  );
}
