/** Takes a codebook from a file, after showing what would change. */

import { Alert, Badge, Button, Group, List, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CodebookImport, importCodebook } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { ChooseFileButton, ErrorNotice, Loading } from '@/ui';
import { useCodebookHistory } from './useTagChanges';

const SHOWN_TAGS = 200;
const DIFFERENCES: Record<string, string> = {
  name: 'name',
  parent: 'place',
  description: 'description',
  when_to_use: 'when to use',
  when_not_to_use: 'when not to use',
  colour: 'colour',
};

/** "12 new, 3 changed, 40 as they are, 1 skipped". */
export function summariseImport(outcome: CodebookImport): string {
  return [
    `${outcome.created} new`,
    `${outcome.updated} changed`,
    outcome.unchanged > 0 ? `${outcome.unchanged} as they are` : '',
    outcome.skipped_count > 0 ? `${outcome.skipped_count} skipped` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

type Lines = CodebookImport['skipped'];

function LineList({ title, lines, total }: { title: string; lines: Lines; total: number }) {
  if (lines.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="outline"
      title={title}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <ScrollArea.Autosize mah={150} type="auto">
        <List size="sm" listStyleType="none" spacing={2}>
          {lines.map(({ line, reason }) => (
            <List.Item key={`${line} ${reason}`}>
              <b>Line {line}:</b> {reason}
            </List.Item>
          ))}
        </List>
        {total > lines.length ? <Text size="sm">… and {total - lines.length} more.</Text> : null}
      </ScrollArea.Autosize>
    </Alert>
  );
}

function TagList({ outcome }: { outcome: CodebookImport }) {
  const touched = outcome.tags.filter((tag) => tag.outcome !== 'unchanged');
  if (touched.length === 0) return null;
  return (
    <ScrollArea.Autosize mah={220} type="auto">
      <List size="sm" listStyleType="none" spacing={3} aria-label="What would change">
        {touched.slice(0, SHOWN_TAGS).map(({ path, outcome: kind, differences }) => (
          <List.Item key={path.join('\n')}>
            <Badge size="sm" variant="default" tt="none" mr={6}>
              {kind === 'created' ? 'new' : 'changed'}
            </Badge>
            {path.join(' › ')}
            {differences.length > 0 ? (
              <Text component="span" size="xs" c="dimmed">
                {' '}
                {differences.map((name) => DIFFERENCES[name] ?? name).join(', ')}
              </Text>
            ) : null}
          </List.Item>
        ))}
      </List>
      {touched.length > SHOWN_TAGS ? (
        <Text size="sm" c="dimmed">
          … and {formatCount(touched.length - SHOWN_TAGS, 'tag')} more.
        </Text>
      ) : null}
    </ScrollArea.Autosize>
  );
}

function Outcome({ outcome, fileName }: { outcome: CodebookImport; fileName: string }) {
  return (
    <>
      <Text role="status">
        <b>{fileName}</b>: {summariseImport(outcome)}.
      </Text>
      <TagList outcome={outcome} />
      <LineList title="Skipped" lines={outcome.skipped} total={outcome.skipped_count} />
      <LineList
        title="Taken, but not all of it"
        lines={outcome.notes}
        total={outcome.notes.length}
      />
    </>
  );
}

interface ImportDialogProps {
  /** A file that was dropped on the page. */
  firstFile?: File;
  onClose: () => void;
}

function useImport(firstFile: File | undefined, onClose: () => void) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const { offerUndo } = useCodebookHistory();
  const [file, setFile] = useState<File>();
  const preview = useMutation({ mutationFn: (chosen: File) => importCodebook(id, chosen, true) });
  const importing = useMutation({
    mutationFn: (chosen: File) => importCodebook(id, chosen, false),
    onSuccess: async (outcome) => {
      onClose();
      await refresh();
      offerUndo(`Imported: ${summariseImport(outcome)}`, outcome.change?.id);
    },
  });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    importing.reset();
    preview.mutate(chosen);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a dropped file is read once
  useEffect(() => choose(firstFile), [firstFile]);
  return { file, preview, importing, choose };
}

export function ImportDialog({ firstFile, onClose }: ImportDialogProps) {
  const { file, preview, importing, choose } = useImport(firstFile, onClose);
  const outcome = preview.data;
  const isUseful = !!outcome && outcome.created + outcome.updated > 0;
  return (
    <Modal opened onClose={onClose} title="Import tags" size="lg">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          A table (CSV) with the columns Name, Under, Description, When to use, When not to use and
          Colour, or a codebook (QDC) from ATLAS.ti, MAXQDA, NVivo, Quirkos, Taguette and others.
          Nothing is deleted, and you see what would change before it does.
        </Text>
        {preview.isPending ? <Loading label="Reading the file" rows={3} rowHeight={20} /> : null}
        {preview.error ? <ErrorNotice error={preview.error} title="Not read." /> : null}
        {outcome && file ? <Outcome outcome={outcome} fileName={file.name} /> : null}
        {importing.error ? <ErrorNotice error={importing.error} title="Not imported." /> : null}
        <Group justify="flex-end">
          <ChooseFileButton
            accept=".csv,.tsv,.txt,.qdc,.xml"
            variant={file ? 'default' : 'filled'}
            onFiles={([chosen]) => choose(chosen)}
          >
            {file ? 'Choose another file' : 'Choose a file'}
          </ChooseFileButton>
          {file ? (
            <Button
              disabled={!isUseful}
              loading={importing.isPending}
              onClick={() => importing.mutate(file)}
            >
              Import
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  );
}
