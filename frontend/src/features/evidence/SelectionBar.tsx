/** What can be done with the excerpts that are selected. */

import { Button, CloseButton, Text, Tooltip } from '@mantine/core';
import { IconBulb, IconDownload, IconPlaylistAdd } from '@tabler/icons-react';
import { useState } from 'react';
import { MAX_EXPORTED_BY_ID, searchExportUrl } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import { AddToInsightDialog } from './AddToInsightDialog';
import { AddToReelDialog } from './AddToReelDialog';
import { countPeople } from './excerptFacts';
import classes from './SelectionBar.module.css';
import type { ExcerptSelection } from './useExcerptSelection';

type Task = 'insight' | 'reel';

function Export({ selection }: { selection: ExcerptSelection }) {
  const { id } = useWorkspace();
  const excerpt = selection.excerpts.map((one) => one.id);
  const isTooLong = excerpt.length > MAX_EXPORTED_BY_ID;
  const reason = `At most ${MAX_EXPORTED_BY_ID} chosen excerpts fit into a table`;
  const link = isTooLong
    ? { 'data-disabled': true, onClick: (event: Event) => event.preventDefault() }
    : { component: 'a' as const, href: searchExportUrl(id, { excerpt }), download: true };
  return (
    <Tooltip label={isTooLong ? reason : 'A table of the chosen excerpts'}>
      <Button
        size="sm"
        variant="default"
        className={classes.action}
        leftSection={<IconDownload size={17} aria-hidden />}
        {...(link as object)}
      >
        CSV
      </Button>
    </Tooltip>
  );
}

interface ActionsProps {
  onStart: (task: Task) => void;
}

function Actions({ onStart }: ActionsProps) {
  const common = { size: 'sm', variant: 'default', className: classes.action } as const;
  return (
    <>
      <Button
        {...common}
        leftSection={<IconBulb size={17} aria-hidden />}
        onClick={() => onStart('insight')}
      >
        Add to insight
      </Button>
      <Button
        {...common}
        leftSection={<IconPlaylistAdd size={17} aria-hidden />}
        onClick={() => onStart('reel')}
      >
        Add to reel
      </Button>
    </>
  );
}

/** "3 excerpts from 2 people". */
function describeSelection({ excerpts }: ExcerptSelection): string {
  return `${formatCount(excerpts.length, 'excerpt')} from ${formatPeople(countPeople(excerpts))}`;
}

export function SelectionBar({ selection }: { selection: ExcerptSelection }) {
  const { permissions } = useWorkspace();
  const [task, setTask] = useState<Task | null>(null);
  const { excerpts, clear } = selection;
  const isEmpty = excerpts.length === 0;
  const dialog = { excerpts, onAdded: clear, onClose: () => setTask(null) };
  return (
    <>
      {/* Stays on the page, for what is not there yet is not announced when it changes. */}
      <p role="status" className="only-for-screen-readers">
        {isEmpty ? '' : `${describeSelection(selection)} selected`}
      </p>
      {isEmpty ? null : (
        <section className={classes.bar} aria-label="Selected excerpts">
          <CloseButton onClick={clear} aria-label="Clear the selection" />
          <Text size="sm" className={classes.count}>
            <b>{formatCount(excerpts.length, 'excerpt')}</b>{' '}
            <span className={classes.people}>from {formatPeople(countPeople(excerpts))}</span>
          </Text>
          <div className={classes.actions}>
            {permissions.may_write_insights ? <Actions onStart={setTask} /> : null}
            <Export selection={selection} />
          </div>
        </section>
      )}
      {task === 'insight' ? <AddToInsightDialog {...dialog} /> : null}
      {task === 'reel' ? <AddToReelDialog {...dialog} /> : null}
    </>
  );
}
