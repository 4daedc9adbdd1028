/** The words a study's recordings are told to expect, in one line. */

import { Anchor, Badge, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, readGlossary } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';

export function StudyGlossary({ studyId }: { studyId: string }) {
  const { id, permissions } = useWorkspace();
  const { data } = useQuery({
    queryKey: keys.glossary(id, studyId),
    queryFn: () => readGlossary(id, studyId),
  });
  const sent = data?.results.filter((term) => term.is_sent) ?? [];
  return (
    <section aria-labelledby="glossary">
      <Title order={2} id="glossary" mb="xs">
        Glossary
      </Title>
      <Group gap={6}>
        {sent.map((term) => (
          <Badge key={term.id} variant="default" tt="none" fw={550} size="lg">
            {term.text}
          </Badge>
        ))}
        {sent.length === 0 && data ? (
          <Text size="sm" c="dimmed">
            Names and products that recordings get wrong can be told to the recogniser beforehand.
          </Text>
        ) : null}
        <Anchor component={Link} to={paths.glossary(id, studyId)} size="sm" underline="always">
          {permissions.may_edit_research ? 'Open and add words' : 'Open'}
        </Anchor>
      </Group>
    </section>
  );
}
