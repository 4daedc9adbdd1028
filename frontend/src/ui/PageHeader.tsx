/** Top of a page: where I am, its one heading, and its main action. */

import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  /** Shown instead of the plain title, such as an editable one; the heading stays `title`. */
  titleContent?: ReactNode;
  trail?: { label: string; to: string }[];
  description?: ReactNode;
  action?: ReactNode;
}

export function PageHeader({ title, titleContent, trail, description, action }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Earshot`;
  }, [title]);
  return (
    <header className={classes.header}>
      {trail?.length ? (
        <nav aria-label="Breadcrumb">
          <Breadcrumbs separatorMargin={6} mb={4} className={classes.trail}>
            {trail.map((step) => (
              <Anchor
                key={step.to}
                component={Link}
                to={step.to}
                size="sm"
                c="dimmed"
                title={step.label}
                className={classes.step}
              >
                {step.label}
              </Anchor>
            ))}
          </Breadcrumbs>
        </nav>
      ) : null}
      <Group justify="space-between" align="flex-start" gap="md" wrap="wrap">
        <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {titleContent ?? title}
          </Title>
          {description ? (
            <Text component="div" c="dimmed" mt={4} maw={720}>
              {description}
            </Text>
          ) : null}
        </div>
        {action ? <Group gap="xs">{action}</Group> : null}
      </Group>
    </header>
  );
}
