/** Takes the text away as a file, in the format that the next program reads. */

import { Button, Menu, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { exportUrl } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useWorkbench } from '../workbench';

const FORMATS = [
  { format: 'docx', name: 'Word document', use: 'to read and comment' },
  { format: 'txt', name: 'Plain text', use: 'speakers and paragraphs' },
  { format: 'vtt', name: 'WebVTT', use: 'subtitles, with speakers' },
  { format: 'srt', name: 'SubRip', use: 'subtitles' },
  { format: 'json', name: 'JSON', use: 'every word with its time' },
] as const;

export function ExportMenu() {
  const { id } = useWorkspace();
  const { transcript } = useWorkbench();
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Speakers go by their code names</Menu.Label>
        {FORMATS.map(({ format, name, use }) => (
          <Menu.Item
            key={format}
            component="a"
            href={exportUrl(id, transcript.id, format)}
            download
            rightSection={
              <Text component="span" size="xs" c="dimmed">
                .{format}
              </Text>
            }
          >
            {name}
            <Text size="xs" c="dimmed">
              {use}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
