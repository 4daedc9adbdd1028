/** Changing what is known of a session: name, kind, day, language, who took part. */

import {
  Button,
  Group,
  Modal,
  MultiSelect,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createParticipant,
  keys,
  listParticipants,
  type SessionDetail,
  type SessionKind,
  updateSession,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { LANGUAGES, SESSION_KINDS } from '@/lib/sessionKinds';
import { formatPerson } from '@/lib/text';
import { ErrorNotice } from '@/ui';

interface Values {
  title: string;
  kind: SessionKind;
  held_on: string;
  language: string;
  participant_ids: string[];
  new_code_names: string[];
}

function useSaveSession(session: SessionDetail, onClose: () => void) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ new_code_names, ...values }: Values) => {
      const newcomers = await Promise.all(
        new_code_names.map((code_name) => createParticipant(id, { code_name })),
      );
      return updateSession(id, session.id, {
        ...values,
        held_on: values.held_on || null,
        participant_ids: [...values.participant_ids, ...newcomers.map((one) => one.id)],
      });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
      void client.invalidateQueries({ queryKey: keys.sessions(id) });
      void client.invalidateQueries({ queryKey: keys.participants(id) });
      onClose();
    },
  });
}

export function SessionDetailsDialog(props: { session: SessionDetail; onClose: () => void }) {
  const { session, onClose } = props;
  const { id } = useWorkspace();
  const people = useQuery({
    queryKey: keys.participants(id),
    queryFn: () => listParticipants(id),
  });
  const form = useForm<Values>({
    initialValues: {
      title: session.title,
      kind: session.kind,
      held_on: session.held_on ?? '',
      language: session.language,
      participant_ids: session.participants.map((one) => one.id),
      new_code_names: [],
    },
    validate: { title: (title) => (title.trim() ? null : 'Give the session a name.') },
  });
  const saving = useSaveSession(session, onClose);
  const known = people.data?.results ?? session.participants;
  return (
    <Modal opened onClose={onClose} title="Session details" size="lg">
      <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
        <Stack gap="md">
          {saving.error ? (
            <ErrorNotice title="The session was not saved." error={saving.error} />
          ) : null}
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
          <MultiSelect
            label="Participants"
            data={known.map((one) => ({ value: one.id, label: formatPerson(one) }))}
            searchable
            hidePickedOptions
            {...form.getInputProps('participant_ids')}
          />
          <TagsInput
            label="New participants"
            description="Code names, such as P07. Press Enter after each."
            splitChars={[',', ' ']}
            {...form.getInputProps('new_code_names')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
