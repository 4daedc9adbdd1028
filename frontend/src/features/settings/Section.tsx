/** One part of the settings, with its heading. */

import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import classes from './Settings.module.css';

interface SectionProps {
  id: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, description, children }: SectionProps) {
  const { hash, key } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hash !== `#${id}`) return;
    heading.current?.scrollIntoView();
    // Where one came by an address, nothing was pressed that the focus could follow.
    if (key !== 'default') heading.current?.focus({ preventScroll: true });
  }, [hash, key, id]);
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} ref={heading} tabIndex={-1} className={classes.heading}>
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
