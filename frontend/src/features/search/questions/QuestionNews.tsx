/** On the search page: what the reader asked and can find by now, and how many questions are open. */

import { ActionIcon, Anchor, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import {
  countOpenQuestions,
  keys,
  listAnsweredQuestions,
  type OpenQuestion,
  seeAnsweredQuestion,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import landing from '../Landing.module.css';
import saved from '../saved/SavedSearches.module.css';
import { readSearchState, type SearchState } from '../searchState';

interface QuestionNewsProps {
  onChange: (state: SearchState) => void;
}

function useAnswered() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const queryKey = keys.questions(id, 'answered');
  const { data } = useQuery({ queryKey, queryFn: () => listAnsweredQuestions(id) });
  const see = useMutation({
    mutationFn: (question: OpenQuestion) => seeAnsweredQuestion(id, question.id),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  return { answered: data?.results ?? [], peopleTotal: data?.people_total, see };
}

export function AnsweredQuestions({ onChange }: QuestionNewsProps) {
  const { answered, peopleTotal, see } = useAnswered();
  if (answered.length === 0) return null;
  const open = (question: OpenQuestion) => {
    see.mutate(question);
    onChange({ ...readSearchState(new URLSearchParams()), words: question.words });
  };
  return (
    <section aria-labelledby="answered">
      <Title order={2} id="answered" className={landing.heading}>
        You asked, and people were heard
      </Title>
      <ul className={saved.list}>
        {answered.map((question) => (
          <li key={question.id} className={saved.item}>
            <UnstyledButton className={saved.open} onClick={() => open(question)}>
              <span className={saved.name}>{question.words}</span>
              <span className={saved.found}>
                {formatCount(question.excerpts ?? 0, 'excerpt')} from{' '}
                {formatPeople(question.people ?? 0, peopleTotal)}
              </span>
              <span className={saved.fresh}>new</span>
            </UnstyledButton>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`I have seen what there is on “${question.words}”`}
              onClick={() => see.mutate(question)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function OpenQuestionsLink() {
  const { id } = useWorkspace();
  const { data: count } = useQuery({
    queryKey: keys.questions(id, 'count'),
    queryFn: () => countOpenQuestions(id),
  });
  if (!count) return null;
  return (
    <Text>
      <Anchor component={Link} to={paths.questions(id)} underline="always">
        {formatCount(count, 'open question')} <IconArrowRight size={14} aria-hidden />
      </Anchor>{' '}
      <Text span c="dimmed">
        that people searched for, and nobody or only one person was heard on yet
      </Text>
    </Text>
  );
}
