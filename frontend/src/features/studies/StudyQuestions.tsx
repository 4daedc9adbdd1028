/** The research questions of a study; those that people asked of search say how many wait for it. */

import { Anchor, List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, listStudyQuestions, type OpenQuestion, type Study } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';

interface AskedProps {
  asked: OpenQuestion;
  peopleTotal: number;
}

function Asked({ asked, peopleTotal }: AskedProps) {
  const { id } = useWorkspace();
  const heard = asked.people ?? 0;
  return (
    <Text size="sm" c="dimmed">
      {formatCount(asked.askers, 'person', 'people')} asked this in search ·{' '}
      <Anchor component={Link} to={paths.search(id, asked.words)} size="sm" underline="always">
        {heard === 0
          ? 'nobody was heard on it yet'
          : `${formatPeople(heard, peopleTotal)} ${heard === 1 ? 'was' : 'were'} heard by now`}
      </Anchor>
    </Text>
  );
}

export function StudyQuestions({ study }: { study: Study }) {
  const { id } = useWorkspace();
  const { data } = useQuery({
    queryKey: keys.questions(id, study.id),
    queryFn: () => listStudyQuestions(id, study.id),
    enabled: study.questions.length > 0,
  });
  if (study.questions.length === 0) return null;
  return (
    <section aria-labelledby="questions">
      <Title order={2} id="questions" mb={6}>
        Questions
      </Title>
      <List spacing={4}>
        {study.questions.map((question) => {
          const asked = data?.results.find(({ words }) => words === question);
          return (
            <List.Item key={question}>
              {question}
              {asked ? <Asked asked={asked} peopleTotal={data?.people_total ?? 0} /> : null}
            </List.Item>
          );
        })}
      </List>
    </section>
  );
}
