/** Which memos of the workspace are shown: by words, study, author, subject, and mentions. */

import { Button, Menu, Select, Switch, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { keys, listStudies, memosExportUrl } from '@/api';
import { useWorkspace } from '@/app/workspace';
import classes from './Memos.module.css';
import { SUBJECT_KINDS } from './subjects';
import { usePeople } from './useMemos';
import type { StreamAddress } from './useStreamAddress';

const FORMATS = [
  { format: 'docx', name: 'Word document', use: 'to read' },
  { format: 'md', name: 'Markdown', use: 'plain text' },
  { format: 'csv', name: 'Table', use: 'for a spreadsheet' },
] as const;

export function ExportMenu({ address }: { address: StreamAddress }) {
  const { id } = useWorkspace();
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{address.isFiltered ? 'The memos shown here' : 'All memos'}</Menu.Label>
        {FORMATS.map(({ format, name, use }) => (
          <Menu.Item
            key={format}
            component="a"
            href={memosExportUrl(id, format, address.filters)}
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

interface ChoiceProps {
  label: string;
  all: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      w={{ base: 'calc(50% - 4px)', xs: 170 }}
      searchable={options.length > 8}
      allowDeselect={false}
      data={[{ value: '', label: all }, ...options]}
      value={value ?? ''}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

export function StreamFilters({ address }: { address: StreamAddress }) {
  const { id, user } = useWorkspace();
  const people = usePeople();
  const studies = useQuery({ queryKey: keys.studies(id), queryFn: () => listStudies(id) });
  const { filters, set } = address;
  const others = people.filter(({ user_id }) => user_id !== user.id);
  return (
    <search className={classes.filters} aria-label="Which memos">
      <TextInput
        type="search"
        className={classes.words}
        aria-label="Words in memos"
        placeholder="Words in memos"
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={500}
        value={address.typed}
        onChange={(event) => address.type(event.currentTarget.value)}
      />
      <Choice
        label="Study the memos belong to"
        all="All studies"
        value={filters.study}
        options={(studies.data?.results ?? []).map((one) => ({ value: one.id, label: one.title }))}
        onChange={(value) => set('study', value)}
      />
      <Choice
        label="Who wrote them"
        all="By anybody"
        value={filters.author}
        options={[
          { value: user.id, label: 'By me' },
          ...others.map(({ user_id, name }) => ({ value: user_id, label: `By ${name}` })),
        ]}
        onChange={(value) => set('author', value)}
      />
      <Choice
        label="What they are about"
        all="About anything"
        value={filters.subject_kind}
        options={Object.entries(SUBJECT_KINDS).map(([value, { name }]) => ({
          value,
          label: `About ${name === 'Insight' || name === 'Excerpt' ? 'an' : 'a'} ${name.toLowerCase()}`,
        }))}
        onChange={(value) => set('about', value)}
      />
      <Switch
        label="Mentions of me"
        checked={filters.mentions === 'me'}
        onChange={(event) => set('mentions', event.currentTarget.checked ? 'me' : '')}
      />
    </search>
  );
}
