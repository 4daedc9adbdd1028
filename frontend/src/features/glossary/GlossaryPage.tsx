/** Names and products that recognition should expect: of one study, or of the whole workspace. */

import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { keys, readStudy } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import classes from './Glossary.module.css';
import { TermList } from './TermList';
import { useGlossary } from './useGlossary';

const TERM_LENGTH_MAXIMUM = 60;
const THIS_STUDY = 'study';
const EVERY_STUDY = 'workspace';

type Changes = ReturnType<typeof useGlossary>;

function AddForm({ add, studyId }: { add: Changes['add']; studyId?: string }) {
  const [text, setText] = useState('');
  const [scope, setScope] = useState(THIS_STUDY);
  const study_id = scope === THIS_STUDY ? studyId : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // The next word can be typed meanwhile; one that is refused comes back unless it was.
        add.mutate(
          { text: text.trim(), study_id },
          { onError: () => setText((next) => next || text) },
        );
        setText('');
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Name, product or other word"
          flex="1 1 16rem"
          maw={420}
          maxLength={TERM_LENGTH_MAXIMUM}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {studyId ? (
          <SegmentedControl
            aria-label="Where the word is expected"
            data={[
              { value: THIS_STUDY, label: 'In this study' },
              { value: EVERY_STUDY, label: 'In every study' },
            ]}
            value={scope}
            onChange={setScope}
          />
        ) : null}
        <Button type="submit" disabled={!text.trim()} loading={add.isPending}>
          Add
        </Button>
      </Group>
      {add.error ? (
        <div style={{ marginTop: 12 }}>
          <ErrorNotice title="The word was not added." error={add.error} />
        </div>
      ) : null}
    </form>
  );
}

function Suggestions({ list, add, studyId }: Changes & { studyId?: string }) {
  const suggestions = list.data?.suggestions ?? [];
  if (suggestions.length === 0) return null;
  return (
    <section aria-labelledby="suggestions">
      <Title order={2} id="suggestions">
        Put right by hand, not here yet
      </Title>
      <ul className={classes.suggestions}>
        {suggestions.map(({ text, times_corrected }) => (
          <li key={text}>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => add.mutate({ text, study_id: studyId })}
            >
              {text}
              <Text component="span" size="sm" c="dimmed" ml={6}>
                {formatCount(times_corrected, 'time')}
              </Text>
              <span className="only-for-screen-readers">: add to the glossary</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Terms({ list, remove, studyId }: Changes & { studyId?: string }) {
  const { permissions } = useWorkspace();
  const { data, error, refetch } = list;
  if (error && !data) {
    return (
      <ErrorNotice
        title="The glossary could not be loaded."
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Loading label="Loading the glossary" rowHeight={44} />;
  if (data.results.length === 0) {
    return (
      <EmptyState icon={<IconBook2 size={40} stroke={1.3} />} title="No words yet">
        {permissions.may_edit_research
          ? 'Add a name that recordings get wrong. While correcting a word in a transcript, “Add to glossary” does the same.'
          : 'Researchers add names here that recordings get wrong.'}
      </EmptyState>
    );
  }
  return (
    <TermList
      glossary={data}
      isMixed={studyId !== undefined}
      onRemove={(term) => remove.mutate(term)}
    />
  );
}

function useTrail(studyId: string | undefined) {
  const { id } = useWorkspace();
  const study = useQuery({
    queryKey: keys.study(id, studyId ?? ''),
    queryFn: () => readStudy(id, studyId ?? ''),
    enabled: studyId !== undefined,
  });
  if (!studyId) return [{ label: 'Settings', to: paths.settings(id) }];
  return [
    { label: 'Studies', to: paths.studies(id) },
    { label: study.data?.title ?? 'Study', to: paths.study(id, studyId) },
  ];
}

export function GlossaryPage() {
  const { studyId } = useParams();
  const { permissions } = useWorkspace();
  const glossary = useGlossary(studyId);
  const trail = useTrail(studyId);
  return (
    <PageBody measure={880}>
      <PageHeader
        title="Glossary"
        trail={trail}
        description={
          studyId
            ? 'Words that recordings of this study get wrong, with those of the whole workspace. They are told to the recogniser before it listens.'
            : 'Words that recordings of every study get wrong. They are told to the recogniser before it listens.'
        }
      />
      <Stack gap={32} mt="lg">
        {permissions.may_edit_research ? <AddForm add={glossary.add} studyId={studyId} /> : null}
        {permissions.may_edit_research ? <Suggestions {...glossary} studyId={studyId} /> : null}
        <Terms {...glossary} studyId={studyId} />
      </Stack>
    </PageBody>
  );
}
