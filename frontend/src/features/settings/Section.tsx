/** One part of the settings, with its heading. */

import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

interface SectionProps {
  id: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, description, children }: SectionProps) {
  const { hash } = useLocation();
  const part = useRef<HTMLElement>(null);
  useEffect(() => {
    if (hash === `#${id}`) part.current?.scrollIntoView();
  }, [hash, id]);
  return (
    <section ref={part} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {description ? (
        <Text size="sm" c="dimmed" maw={640}>
          {description}
        </Text>
      ) : null}
      <div style={{ marginTop: 12 }}>{children}</div>
    </section>
  );
}
