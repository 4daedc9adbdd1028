/** Open questions: what people searched for and could not find, and what became of it. */

import { SegmentedControl } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { keys, listOpenQuestions, type OpenQuestion } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { QuestionRow } from './QuestionRow';
import classes from './Questions.module.css';

type QuestionState = OpenQuestion['state'];

const STATES: { value: QuestionState; label: string; nothing: string }[] = [
  {
    value: 'open',
    label: 'Open',
    nothing:
      'When somebody searches for something and nobody, or only one person, was heard on it, it appears here.',
  },
  { value: 'adopted', label: 'In a study', nothing: 'No question has been put into a study yet.' },
  { value: 'dismissed', label: 'Dismissed', nothing: 'No question was dismissed.' },
];

function Questions({ state }: { state: QuestionState }) {
  const { id } = useWorkspace();
  const questions = useQuery({
    queryKey: keys.questions(id, state),
    queryFn: () => listOpenQuestions(id, state),
  });
  if (questions.error) {
    return <ErrorNotice error={questions.error} onRetry={() => void questions.refetch()} />;
  }
  if (!questions.data) return <Loading label="Loading questions" rowHeight={72} />;
  const { results, people_total: peopleTotal } = questions.data;
  if (results.length === 0) {
    const { nothing } = STATES.find(({ value }) => value === state)!;
    return (
      <EmptyState
        icon={<IconHelpCircle size={40} stroke={1.4} />}
        title={state === 'open' ? 'Nothing is asked in vain' : 'Nothing here'}
      >
        {nothing}
      </EmptyState>
    );
  }
  return (
    <ul className={classes.rows} aria-label="Questions">
      {results.map((question) => (
        <QuestionRow key={question.id} question={question} peopleTotal={peopleTotal} />
      ))}
    </ul>
  );
}

export function QuestionsPage() {
  const { id } = useWorkspace();
  const [address, setAddress] = useSearchParams();
  const wanted = address.get('state');
  const state = STATES.find(({ value }) => value === wanted)?.value ?? 'open';
  return (
    <PageBody measure={880}>
      <PageHeader
        title="Open questions"
        trail={[{ label: 'Search', to: paths.search(id) }]}
        description="What people searched for with little or nothing to be found. How many asked is counted; who asked is told to nobody."
      />
      <SegmentedControl
        aria-label="Which questions"
        data={STATES.map(({ value, label }) => ({ value, label }))}
        value={state}
        onChange={(value) =>
          setAddress(value === 'open' ? {} : { state: value }, { replace: true })
        }
        my="md"
      />
      <Questions state={state} />
    </PageBody>
  );
}
