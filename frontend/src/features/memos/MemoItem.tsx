/** A memo with the answers to it, and what can be done with them. */

import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconMessageReply, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Memo, PlainMemo } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { RelativeTime } from '@/ui';
import { MemoComposer } from './MemoComposer';
import classes from './Memos.module.css';
import { splitMentions } from './mentions';
import { type MemoChanges, useMemoChanges } from './useMemos';

export function MemoText({ memo }: { memo: PlainMemo }) {
  return (
    <p className={classes.text} dir="auto">
      {splitMentions(memo.text, memo.mentions).map((piece, index) =>
        piece.person ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other identity
          <span key={index} className={classes.mention}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

const nameOf = (memo: PlainMemo) => memo.created_by?.name ?? 'Somebody who left';

function Actions(props: { memo: PlainMemo; onEdit: () => void; onRemove: () => void }) {
  const { memo, onEdit, onRemove } = props;
  const { permissions } = useWorkspace();
  const mayRemove = memo.is_mine || permissions.may_manage_members;
  if (!permissions.may_write_insights || !mayRemove) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={150}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`What to do with the memo of ${nameOf(memo)}`}
        >
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {memo.is_mine ? (
          <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={onEdit}>
            Change
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={onRemove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function OneMemo({ memo, changes }: { memo: PlainMemo; changes: MemoChanges }) {
  const [isEditing, setIsEditing] = useState(false);
  if (memo.is_deleted) return <p className={classes.deleted}>This memo was deleted.</p>;
  return (
    <div data-memo={memo.id}>
      <div className={classes.head}>
        <span className={classes.author}>{nameOf(memo)}</span>
        <span className={classes.time}>
          <RelativeTime time={memo.created_at} />
          {memo.edited_at ? ' · changed' : ''}
        </span>
        <span className={classes.actions}>
          <Actions
            memo={memo}
            onEdit={() => setIsEditing(true)}
            onRemove={() => void changes.remove(memo)}
          />
        </span>
      </div>
      {isEditing ? (
        <MemoComposer
          label="Change the memo"
          sendLabel="Save"
          firstText={memo.text}
          hasFocus
          onCancel={() => setIsEditing(false)}
          onSend={async (text) => {
            await changes.change(memo, text);
            setIsEditing(false);
          }}
        />
      ) : (
        <MemoText memo={memo} />
      )}
    </div>
  );
}

export function MemoItem({ memo }: { memo: Memo }) {
  const { permissions } = useWorkspace();
  const changes = useMemoChanges();
  const [isAnswering, setIsAnswering] = useState(false);
  const mayAnswer = permissions.may_write_insights && !memo.is_deleted;
  return (
    <>
      <OneMemo memo={memo} changes={changes} />
      {memo.answers.length ? (
        <ul className={classes.answers} aria-label="Answers">
          {memo.answers.map((answer) => (
            <li key={answer.id}>
              <OneMemo memo={answer} changes={changes} />
            </li>
          ))}
        </ul>
      ) : null}
      {mayAnswer && !isAnswering ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.answer}
          leftSection={<IconMessageReply size={14} aria-hidden />}
          onClick={() => setIsAnswering(true)}
        >
          Answer
        </Button>
      ) : null}
      {isAnswering ? (
        <div className={classes.answering}>
          <MemoComposer
            label={`Answer to ${nameOf(memo)}`}
            sendLabel="Answer"
            draftPlace={`answer ${memo.id}`}
            hasFocus
            onCancel={() => setIsAnswering(false)}
            onSend={async (text) => {
              await changes.answer(memo, text);
              setIsAnswering(false);
            }}
          />
        </div>
      ) : null}
    </>
  );
}
