/** Short notices at the edge of the page, with undo where something can be undone. */

import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

interface NoticeAction {
  label: string;
  act: () => unknown;
}

interface UndoNotice {
  message: string;
  onUndo: () => unknown;
  /** What may come next, such as opening what was made. */
  next?: NoticeAction;
  /** Stays until it is closed: for what takes longer than a glance to read. */
  isLasting?: boolean;
}

interface ActionNotice {
  message: string;
  action: string;
  onAction: () => unknown;
  isLasting?: boolean;
}

/**
 * Says what was done and offers to take it back, for ten seconds or until it is closed. Returns
 * what closes it.
 */
export function notifyWithUndo({ message, onUndo, next, isLasting }: UndoNotice): () => void {
  const undo = { label: 'Undo', act: onUndo };
  return notifyWithActions(message, next ? [next, undo] : [undo], isLasting);
}

/** Says what was done and offers what may come next. Returns what closes it. */
export function notifyWithAction({
  message,
  action,
  onAction,
  isLasting,
}: ActionNotice): () => void {
  return notifyWithActions(message, [{ label: action, act: onAction }], isLasting);
}

function notifyWithActions(
  message: string,
  actions: readonly NoticeAction[],
  isLasting = false,
): () => void {
  const autoClose = isLasting ? false : 10_000;
  const id = notifications.show({ message: '', autoClose, withBorder: true });
  const buttons = actions.map(({ label, act }) => (
    <Button
      key={label}
      size="compact-sm"
      variant="light"
      style={{ flex: 'none' }}
      onClick={() => {
        notifications.hide(id);
        void act();
      }}
    >
      {label}
    </Button>
  ));
  notifications.update({
    id,
    autoClose,
    withBorder: true,
    message: (
      <Group justify="space-between" gap="xs">
        <Text size="sm" style={{ flex: '1 1 9rem' }}>
          {message}
        </Text>
        {buttons.length > 1 ? (
          <Group gap={6} wrap="nowrap">
            {buttons}
          </Group>
        ) : (
          buttons
        )}
      </Group>
    ),
  });
  return () => notifications.hide(id);
}

/** Says that something a person did was not saved; stays until it is closed. */
export function notifyFailure(title: string, error: unknown): void {
  const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : '';
  const message = error instanceof Error ? error.message : 'The server could not answer.';
  notifications.show({
    title,
    message: [message, remedy].filter(Boolean).join(' '),
    color: 'red',
    autoClose: false,
    withBorder: true,
  });
}

export function notifyDone(message: string): void {
  notifications.show({ message, withBorder: true, autoClose: 4000 });
}
