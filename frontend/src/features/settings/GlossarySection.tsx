/** The way to the glossary of the whole workspace. */

import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { Section } from './Section';

export function GlossarySection() {
  const { id } = useWorkspace();
  return (
    <Section
      id="glossary"
      title="Glossary"
      description="Names and products that the recogniser should expect in every study. Each study has words of its own beside them."
    >
      <Text size="sm">
        <Anchor component={Link} to={paths.glossary(id)} underline="always">
          Open the glossary
        </Anchor>
      </Text>
    </Section>
  );
}
