/** The name of the workspace. */

import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys, updateWorkspace } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, notifyDone } from '@/ui';
import { Section } from './Section';

export function NameSection() {
  const { id, name } = useWorkspace();
  const client = useQueryClient();
  const [draft, setDraft] = useState(name);
  const saving = useMutation({
    mutationFn: () => updateWorkspace(id, { name: draft.trim() }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.signIn() });
      notifyDone('The name was saved.');
    },
  });
  return (
    <Section id="workspace" title="Workspace">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Name"
            flex="1 1 16rem"
            maw={420}
            maxLength={200}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={saving.isPending}
            disabled={!draft.trim() || draft.trim() === name}
          >
            Save
          </Button>
        </Group>
        {saving.error ? (
          <div style={{ marginTop: 12 }}>
            <ErrorNotice title="The name was not saved." error={saving.error} />
          </div>
        ) : null}
      </form>
    </Section>
  );
}
