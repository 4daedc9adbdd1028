/** What went wrong, what was kept and what to do, beside the thing that failed. */

import { Alert, Button, Text } from '@mantine/core';
import { IconAlertCircle, IconMapPinOff } from '@tabler/icons-react';

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

/** What is gone stays gone: no failure, and trying again would not help. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}

export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  const { message, remedy } = describeError(error);
  const isMissing = isGone(error);
  const Sign = isMissing ? IconMapPinOff : IconAlertCircle;
  return (
    <Alert
      role="alert"
      color={isMissing ? 'gray' : 'red'}
      variant="outline"
      icon={<Sign aria-hidden />}
      title={title ?? message}
      styles={{
        title: { color: isMissing ? 'var(--mantine-color-text)' : 'var(--mantine-color-error)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      <Text size="sm">
        {title ? `${message} ` : ''}
        {remedy}
      </Text>
      {onRetry && !isMissing ? (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </Alert>
  );
}
