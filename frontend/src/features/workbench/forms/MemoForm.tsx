/** A memo on the chosen excerpt, or on chosen words, which become one when it is sent. */

import { useState } from 'react';
import { MemoComposer, MemoThread, useMemoChanges } from '@/features/memos';
import type { MarkActions } from '../useMarkActions';
import { useWorkbench } from '../workbench';

interface MemoFormProps {
  actions: MarkActions;
  onClose: () => void;
}

export function MemoForm({ actions, onClose }: MemoFormProps) {
  const { editor } = useWorkbench();
  const changes = useMemoChanges();
  // It stays a new one until it is sent, though the words are an excerpt by then.
  const [isNew] = useState(actions.excerpt === undefined);
  const [markedId, setMarkedId] = useState<string>();
  const write = async (text: string) => {
    const draftId = markedId ?? actions.mark();
    if (!draftId) throw new Error('No words are chosen any more.');
    setMarkedId(draftId);
    await editor.settle();
    const excerpt = editor.get(draftId);
    if (!excerpt) {
      setMarkedId(undefined);
      throw new Error('These words could not be marked.');
    }
    await changes.write({ kind: 'excerpt', id: excerpt.id }, text);
    onClose();
  };
  if (!isNew && actions.excerpt) {
    return <MemoThread subject={{ kind: 'excerpt', id: actions.excerpt.id }} hasFocus />;
  }
  return (
    <MemoComposer
      label="Write a memo on these words"
      placeholder="Write a memo on these words"
      sendLabel="Save memo"
      hasFocus
      onSend={write}
      onCancel={onClose}
    />
  );
}
