/** The palette on Ctrl+K: pages, studies, personas, or a search for evidence. */

import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconFolder, IconSearch, IconSettings, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { keys, listPersonas, listStudies } from '@/api';
import { paths } from '@/lib/paths';
import { useWorkspace } from '../workspace';
import { useRooms } from './Rail';

function usePlaces(): SpotlightActionData[] {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const rooms = useRooms();
  const studies = useQuery({ queryKey: keys.studies(id), queryFn: () => listStudies(id) });
  const personas = useQuery({ queryKey: keys.personas(id), queryFn: () => listPersonas(id) });
  const go = (to: string) => () => void navigate(to);
  return [
    ...rooms.map(({ label, to, Icon }) => ({
      id: to,
      label,
      description: 'Page',
      leftSection: <Icon size={20} aria-hidden />,
      onClick: go(to),
    })),
    {
      id: 'settings',
      label: 'Settings',
      description: 'Page',
      leftSection: <IconSettings size={20} aria-hidden />,
      onClick: go(paths.settings(id)),
    },
    ...(studies.data?.results ?? []).map((study) => ({
      id: study.id,
      label: study.title,
      description: 'Study',
      leftSection: <IconFolder size={20} aria-hidden />,
      onClick: go(paths.study(id, study.id)),
    })),
    ...(personas.data?.results ?? []).map((persona) => ({
      id: persona.id,
      label: persona.name,
      description: 'Persona',
      leftSection: <IconUser size={20} aria-hidden />,
      onClick: go(paths.persona(id, persona.id)),
    })),
  ];
}

export function Palette() {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const places = usePlaces();
  const words = query.trim();
  const searchAction: SpotlightActionData[] = words
    ? [
        {
          id: 'search-evidence',
          label: `Search evidence for “${words}”`,
          leftSection: <IconSearch size={20} aria-hidden />,
          onClick: () => void navigate(paths.search(id, words)),
        },
      ]
    : [];
  const matching = places.filter((place) =>
    `${place.label} ${place.description}`.toLowerCase().includes(words.toLowerCase()),
  );
  return (
    <Spotlight
      actions={[...matching.slice(0, 9), ...searchAction]}
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', '/']}
      attributes={{ content: { 'aria-label': 'Go to or search' } }}
      nothingFound="Nothing by that name"
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: 'Go to a page, study or persona, or search the evidence',
        'aria-label': 'Go to or search',
        leftSection: <IconSearch size={20} aria-hidden />,
      }}
    />
  );
}
