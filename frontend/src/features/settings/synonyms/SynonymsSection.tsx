/** Words that mean the same to this team: who searches for one of them finds them all. */

import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SynonymGroup } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import { Section } from '../Section';
import { GroupForm } from './GroupForm';
import { SynonymRow } from './SynonymRow';
import classes from './Synonyms.module.css';
import { type Synonyms, useSynonyms } from './useSynonyms';

/** So many can be read at a glance; more are looked for. */
const SHOWN_AT_ONCE = 12;

function AddForm({ add }: Pick<Synonyms, 'add'>) {
  const [round, setRound] = useState(0);
  return (
    <GroupForm
      key={round}
      label="A new group"
      action="Add"
      isSaving={add.isPending}
      error={add.error}
      onSave={(words) => add.mutate(words, { onSuccess: () => setRound(round + 1) })}
      onChange={add.reset}
    />
  );
}

function Empty() {
  const { permissions } = useWorkspace();
  return (
    <Text size="sm" className={classes.empty}>
      Nothing yet. If some say “appointment” and others “visit”, put both into a group: a search for
      one then finds the other, too.{' '}
      {permissions.may_edit_research
        ? 'Short forms (“DNA”, “no show”) and words of other languages (“Termin”) are good to start with.'
        : 'Researchers can add them.'}
    </Text>
  );
}

function Groups({ groups, change, remove }: Synonyms & { groups: SynonymGroup[] }) {
  const [sought, setSought] = useState('');
  const [isWhole, setIsWhole] = useState(false);
  const needle = sought.trim().toLocaleLowerCase();
  const fitting = groups.filter(({ words }) =>
    words.some((word) => word.toLocaleLowerCase().includes(needle)),
  );
  const shown = isWhole || needle ? fitting : fitting.slice(0, SHOWN_AT_ONCE);
  return (
    <>
      {groups.length > SHOWN_AT_ONCE ? (
        <TextInput
          aria-label="Find a word among the groups"
          placeholder="Find a word"
          mt="md"
          maw={320}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      ) : null}
      <ul className={classes.groups} aria-label="Groups of words that mean the same">
        {shown.map((group) => (
          <SynonymRow key={group.id} group={group} change={change} remove={remove} />
        ))}
      </ul>
      {fitting.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs" role="status">
          No group has “{sought.trim()}”.
        </Text>
      ) : null}
      {shown.length < fitting.length ? (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setIsWhole(true)}>
          Show all {groups.length} groups
        </Button>
      ) : null}
    </>
  );
}

export function SynonymsSection() {
  const { permissions } = useWorkspace();
  const synonyms = useSynonyms();
  const { data, error, refetch } = synonyms.list;
  return (
    <Section
      id="synonyms"
      title="Words that mean the same"
      description="Search finds every word of a group, whichever somebody types: for everybody in this workspace, at once. Words in quotes are searched for as they are."
    >
      {permissions.may_edit_research ? <AddForm add={synonyms.add} /> : null}
      {error && !data ? (
        <ErrorNotice
          title="The words could not be loaded."
          error={error}
          onRetry={() => void refetch()}
        />
      ) : null}
      {!data && !error ? <Loading label="Loading the words" rows={2} rowHeight={44} /> : null}
      {data && data.results.length === 0 ? <Empty /> : null}
      {data && data.results.length > 0 ? <Groups {...synonyms} groups={data.results} /> : null}
    </Section>
  );
}
