/** Begins a persona with a name and one line. */

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { createPersona } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { ErrorNotice } from '@/ui';

export function NewPersonaDialog({ onClose }: { onClose: () => void }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  const creating = useMutation({
    mutationFn: () => createPersona(id, { name: name.trim(), summary: summary.trim() }),
    onSuccess: (persona) => {
      void refresh();
      void navigate(paths.persona(id, persona.id));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) creating.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="New persona">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="A person’s name makes it easier to speak about them"
            required
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="In one line"
            placeholder="A retired man who books by phone"
            maxLength={500}
            value={summary}
            onChange={(event) => setSummary(event.currentTarget.value)}
          />
          {creating.error ? <ErrorNotice error={creating.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.isPending} disabled={!name.trim()}>
              Make persona
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
