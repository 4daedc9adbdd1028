/** What went wrong, what was kept and what to do, beside the thing that failed. */

import { Alert, Button, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';

interface ErrorNoticeProps {
  error: unknown;
  /** What was being done: "The studies could not be loaded". */
  title?: string;
  onRetry?: () => void;
}

function describeError(error: unknown): { message: string; remedy: string } {
  if (error instanceof Error && 'remedy' in error && typeof error.remedy === 'string') {
    return { message: error.message, remedy: error.remedy };
  }
  return {
    message: 'Something in this page went wrong.',
    remedy: 'Nothing was changed. Reload the page; if it happens again, tell your operator.',
  };
}

export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  const { message, remedy } = describeError(error);
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertCircle aria-hidden />}
      title={title ?? message}
      styles={{
        title: { color: 'var(--mantine-color-error)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      <Text size="sm">
        {title ? `${message} ` : ''}
        {remedy}
      </Text>
      {onRetry ? (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </Alert>
  );
}
