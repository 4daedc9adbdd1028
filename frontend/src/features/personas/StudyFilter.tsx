/** Narrows the map to one study. */

import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keys, listStudies } from '@/api';
import { useWorkspace } from '@/app/workspace';

interface StudyFilterProps {
  studyId: string;
  onChange: (studyId: string) => void;
}

export function StudyFilter({ studyId, onChange }: StudyFilterProps) {
  const { id } = useWorkspace();
  const studies = useQuery({ queryKey: keys.studies(id), queryFn: () => listStudies(id) });
  return (
    <Select
      aria-label="Study shown on the map"
      w={230}
      data={[
        { value: '', label: 'All studies' },
        ...(studies.data?.results ?? []).map(({ id: value, title }) => ({ value, label: title })),
      ]}
      value={studyId}
      onChange={(value) => onChange(value ?? '')}
      allowDeselect={false}
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
    />
  );
}
