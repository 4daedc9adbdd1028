/** Offers to keep a corrected word in the study's glossary. */

import { Checkbox, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addTerm, keys, readGlossary } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyDone, notifyFailure } from '@/ui';
import { useWorkbench } from '../workbench';

const TERM_LENGTH_MAXIMUM = 60;

export function useAddToGlossary() {
  const { id } = useWorkspace();
  const { session } = useWorkbench();
  const client = useQueryClient();
  return async (text: string) => {
    try {
      await addTerm(id, { text, study_id: session.study_id });
      notifyDone(`“${text}” is in the study’s glossary now.`);
    } catch (error) {
      notifyFailure(`“${text}” was not added to the glossary.`, error);
    }
    void client.invalidateQueries({ queryKey: keys.glossary(id) });
  };
}

interface AddToGlossaryProps {
  text: string;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

export function AddToGlossary({ text, isChosen, onChoose }: AddToGlossaryProps) {
  const { id } = useWorkspace();
  const { session } = useWorkbench();
  const { data } = useQuery({
    queryKey: keys.glossary(id, session.study_id),
    queryFn: () => readGlossary(id, session.study_id),
    staleTime: 60_000,
  });
  if (!text || text.length > TERM_LENGTH_MAXIMUM) return null;
  if (data?.results.some((term) => term.text.toLowerCase() === text.toLowerCase())) {
    return (
      <Text size="xs" c="dimmed">
        “{text}” is in the glossary.
      </Text>
    );
  }
  return (
    <Checkbox
      size="xs"
      label={`Add “${text}” to the glossary`}
      checked={isChosen}
      onChange={(event) => onChoose(event.currentTarget.checked)}
    />
  );
}
