/** A new session: what it was, who spoke, and its recording or notes. */

import {
  Button,
  Group,
  Modal,
  MultiSelect,
  Select,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  createParticipant,
  createSession,
  createTextSource,
  keys,
  type Participant,
  type SessionKind,
} from '@/api';
import { addFileToSession } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { ACCEPTED_FILES, ACCEPTED_IN_WORDS, findFault, suggestTitle } from '@/lib/recordings';
import { LANGUAGES, SESSION_KINDS } from '@/lib/sessionKinds';
import { formatPerson } from '@/lib/text';
import { formatSize } from '@/lib/time';
import { ChooseFileButton, ErrorNotice } from '@/ui';

interface SessionDialogProps {
  studyId: string;
  participants: Participant[];
  onClose: () => void;
}

interface SessionValues {
  title: string;
  kind: SessionKind;
  held_on: string;
  language: string;
  participant_ids: string[];
  new_code_names: string[];
  notes: string;
}

const today = () => new Date().toLocaleDateString('sv-SE');

function useCreateSession(studyId: string, file: File | null, onClose: () => void) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ new_code_names, notes, ...values }: SessionValues) => {
      const newcomers = await Promise.all(
        new_code_names.map((code_name) => createParticipant(id, { code_name })),
      );
      const session = await createSession(id, {
        ...values,
        held_on: values.held_on || null,
        study_id: studyId,
        participant_ids: [...values.participant_ids, ...newcomers.map((person) => person.id)],
      });
      if (notes.trim()) await createTextSource(id, session.id, { text: notes, name: 'Notes' });
      if (file) await addFileToSession(id, session.id, file);
      return session;
    },
    onSuccess: (session) => {
      void client.invalidateQueries({ queryKey: keys.sessions(id) });
      void client.invalidateQueries({ queryKey: keys.participants(id) });
      void client.invalidateQueries({ queryKey: keys.studies(id) });
      onClose();
      void navigate(paths.session(id, session.id));
    },
  });
}

interface RecordingFieldProps {
  file: File | null;
  onFile: (file: File | null) => void;
}

function RecordingField({ file, onFile }: RecordingFieldProps) {
  const [fault, setFault] = useState('');
  const take = (files: File[]) => {
    const chosen = files[0];
    if (!chosen) return;
    const found = findFault(chosen);
    setFault(found);
    onFile(found ? null : chosen);
  };
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        Recording
      </Text>
      <Group gap="sm">
        <ChooseFileButton accept={ACCEPTED_FILES} onFiles={take} variant="default" size="sm">
          {file ? 'Choose another file' : 'Choose a file'}
        </ChooseFileButton>
        <Text size="sm" c={file ? undefined : 'dimmed'} style={{ overflowWrap: 'anywhere' }}>
          {file ? `${file.name}, ${formatSize(file.size)}` : ACCEPTED_IN_WORDS}
        </Text>
      </Group>
      {fault ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" mt={4}>
          {fault}
        </Text>
      ) : null}
    </div>
  );
}

export function SessionDialog({ studyId, participants, onClose }: SessionDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const form = useForm<SessionValues>({
    initialValues: {
      title: '',
      kind: 'interview',
      held_on: today(),
      language: '',
      participant_ids: [],
      new_code_names: [],
      notes: '',
    },
    validate: { title: (title) => (title.trim() ? null : 'Give the session a name.') },
  });
  const creating = useCreateSession(studyId, file, onClose);
  const takeFile = (chosen: File | null) => {
    setFile(chosen);
    if (chosen && !form.values.title) form.setFieldValue('title', suggestTitle(chosen.name));
  };
  const people = participants.map((person) => ({ value: person.id, label: formatPerson(person) }));
  return (
    <Modal opened onClose={onClose} title="New session" size="lg">
      <form onSubmit={form.onSubmit((values) => creating.mutate(values))} noValidate>
        <Stack gap="md">
          {creating.error ? (
            <ErrorNotice title="The session was not saved." error={creating.error} />
          ) : null}
          <RecordingField file={file} onFile={takeFile} />
          <TextInput label="Name" data-autofocus {...form.getInputProps('title')} />
          <Group grow align="flex-start">
            <Select
              label="Kind"
              data={[...SESSION_KINDS]}
              allowDeselect={false}
              {...form.getInputProps('kind')}
            />
            <TextInput label="Held on" type="date" {...form.getInputProps('held_on')} />
          </Group>
          <Select
            label="Language spoken"
            data={LANGUAGES}
            allowDeselect={false}
            searchable
            {...form.getInputProps('language')}
          />
          {people.length ? (
            <MultiSelect
              label="Participants"
              data={people}
              searchable
              hidePickedOptions
              {...form.getInputProps('participant_ids')}
            />
          ) : null}
          <TagsInput
            label="New participants"
            description="Code names, such as P07. Press Enter after each."
            splitChars={[',', ' ']}
            {...form.getInputProps('new_code_names')}
          />
          {file ? null : (
            <Textarea
              label="Or notes instead of a recording"
              description="Field notes, a complaint, an answer: pasted or written here."
              autosize
              minRows={2}
              maxRows={10}
              {...form.getInputProps('notes')}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.isPending}>
              Create the session
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
