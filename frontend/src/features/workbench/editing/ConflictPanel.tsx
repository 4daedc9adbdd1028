/** A text that was not saved, beside what stands there now: nothing typed is lost. */

import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { markChanges } from '../reviews/markChanges';
import classes from './Editing.module.css';
import { mergeTexts } from './mergeTexts';
import { type Unsaved, useTextEditing, useTextTools } from './textEditing';

function Compared({ pieces }: { pieces: { text: string; is_changed: boolean }[] }) {
  return pieces.map((piece, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
    if (!piece.is_changed) return <span key={index}>{piece.text} </span>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
      <mark key={index} className={classes.changed}>
        {piece.text}{' '}
      </mark>
    );
  });
}

function describeFault({ error }: Unsaved): string {
  const remedy = 'remedy' in error ? String(error.remedy) : '';
  return [error.message, remedy].filter(Boolean).join(' ');
}

function Refused({ unsaved }: { unsaved: Unsaved }) {
  const { keepMine, keepTheirs } = useTextTools();
  return (
    <section className={classes.conflict} aria-label="Your words were not saved">
      <p className={classes.fault} role="alert">
        {describeFault(unsaved)} Your words are kept here:
      </p>
      <blockquote className={classes.side} dir="auto">
        {unsaved.mine || 'The passage was to be deleted.'}
      </blockquote>
      <Group gap="xs">
        <Button size="compact-sm" onClick={() => keepMine(unsaved)}>
          Try again
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void navigator.clipboard?.writeText(unsaved.mine)}
        >
          Copy my words
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => keepTheirs(unsaved)}>
          Let them go
        </Button>
      </Group>
    </section>
  );
}

/** The keyboard of whoever saved goes to what was found; one that is elsewhere is left there. */
function useFocusFromText() {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    const isInText = activeElement === document.body || activeElement?.contains(ref.current);
    if (isInText) ref.current?.focus();
  }, []);
  return ref;
}

export function ConflictPanel({ unsaved }: { unsaved: Unsaved }) {
  const { openId } = useTextEditing();
  const { keepMine, keepTheirs, mergeByHand } = useTextTools();
  const { base, mine, theirs, segmentId } = unsaved;
  const ref = useFocusFromText();
  if (theirs === null) return <Refused unsaved={unsaved} />;
  const { old, new: fresh } = markChanges(theirs, mine);
  const isMergeable = mergeTexts(base, mine, theirs) !== null;
  return (
    <section
      ref={ref}
      tabIndex={-1}
      className={classes.conflict}
      aria-label="Two people wrote this passage"
    >
      <p className={classes.fault} role="alert">
        {describeFault(unsaved)}
      </p>
      <div className={classes.sides}>
        <div>
          <h3 className={classes.sideName}>Yours</h3>
          <blockquote className={classes.side} dir="auto">
            {mine ? <Compared pieces={fresh} /> : 'You deleted the passage.'}
          </blockquote>
        </div>
        <div>
          <h3 className={classes.sideName}>What stands there now</h3>
          <blockquote className={classes.side} dir="auto">
            <Compared pieces={old} />
          </blockquote>
        </div>
      </div>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => keepMine(unsaved)}>
          Keep mine
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => keepTheirs(unsaved)}>
          Keep theirs
        </Button>
        {openId === segmentId ? null : (
          <Button size="compact-sm" onClick={() => mergeByHand(unsaved)}>
            {isMergeable ? 'Take both, and look at it' : 'Merge by hand'}
          </Button>
        )}
      </Group>
    </section>
  );
}
