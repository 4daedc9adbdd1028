/** Whether searches that find little or nothing become open questions. */

import { Anchor, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, readQuestionLog, switchQuestionLog } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { notifyFailure } from '@/ui';
import { Section } from './Section';

export function QuestionLogSection() {
  const { id, permissions } = useWorkspace();
  const client = useQueryClient();
  const log = useQuery({ queryKey: keys.questionLog(id), queryFn: () => readQuestionLog(id) });
  const switching = useMutation({
    mutationFn: (isOn: boolean) => switchQuestionLog(id, isOn),
    onSuccess: (answer) => client.setQueryData(keys.questionLog(id), answer),
    onError: (error) => notifyFailure('The setting was not saved.', error),
  });
  return (
    <Section
      id="question-log"
      title="Open questions"
      description="Searches that find nobody, or only one person, can be kept as questions for the researchers. They show how many people asked, never who."
    >
      <Switch
        label="Keep searches that find little or nothing"
        checked={log.data?.is_on ?? true}
        disabled={!log.data || !permissions.may_manage_members || switching.isPending}
        onChange={(event) => switching.mutate(event.currentTarget.checked)}
      />
      <Text size="sm" mt="xs">
        <Anchor component={Link} to={paths.questions(id)} underline="always">
          Open questions
        </Anchor>
      </Text>
    </Section>
  );
}
