/** What this is, and where scripts read on. */

import { Anchor, Text } from '@mantine/core';
import { Section } from './Section';

export function AboutSection() {
  return (
    <Section id="about" title="About">
      <Text size="sm" maw={640}>
        Earshot {import.meta.env.VITE_EARSHOT_VERSION}: interviews in, evidence out. Everything is
        kept where it runs; nothing leaves unless the operator points it elsewhere. The API is
        described for scripts{' '}
        <Anchor href="/api/docs" underline="always">
          in its reference
        </Anchor>
        .
      </Text>
    </Section>
  );
}
