/** Starting a study, or changing what it says about itself. */

import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { createStudy, keys, type Study, updateStudy } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { ErrorNotice } from '@/ui';

interface StudyDialogProps {
  /** The study to change; none starts a new one. */
  study?: Study;
  onClose: () => void;
}

function splitLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function useSaveStudy(study: Study | undefined, onClose: () => void) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ questions, ...words }: Record<string, string>) => {
      const draft = { ...words, title: words.title, questions: splitLines(questions) };
      return study ? updateStudy(id, study.id, draft) : createStudy(id, draft);
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: keys.studies(id) });
      onClose();
      if (!study) void navigate(paths.study(id, saved.id));
    },
  });
}

export function StudyDialog({ study, onClose }: StudyDialogProps) {
  const form = useForm({
    initialValues: {
      title: study?.title ?? '',
      description: study?.description ?? '',
      product_area: study?.product_area ?? '',
      questions: study?.questions.join('\n') ?? '',
    },
    validate: { title: (title) => (title.trim() ? null : 'Give the study a name.') },
  });
  const saving = useSaveStudy(study, onClose);
  return (
    <Modal opened onClose={onClose} title={study ? 'About this study' : 'New study'} size="lg">
      <form onSubmit={form.onSubmit((words) => saving.mutate(words))} noValidate>
        <Stack gap="md">
          {saving.error ? (
            <ErrorNotice title="The study was not saved." error={saving.error} />
          ) : null}
          <TextInput label="Name" data-autofocus {...form.getInputProps('title')} />
          <Textarea
            label="What it is about"
            autosize
            minRows={2}
            {...form.getInputProps('description')}
          />
          <Textarea
            label="Questions it should answer"
            description="One on each line."
            autosize
            minRows={3}
            {...form.getInputProps('questions')}
          />
          <TextInput
            label="Product area"
            description="What part of the product this touches, if any."
            {...form.getInputProps('product_area')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {study ? 'Save' : 'Start the study'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
