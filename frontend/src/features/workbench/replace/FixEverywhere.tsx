/** Replaces a misheard word through the whole text, after a look at every place. */

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import type { ReplacementMatch } from '@/api';
import { ClipButton } from '@/app/player';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { ErrorNotice, Loading } from '@/ui';
import { AddToGlossary, useAddToGlossary } from '../glossary/AddToGlossary';
import { findWordIndex } from '../transcriptText';
import { useWorkbench } from '../workbench';
import classes from './FixEverywhere.module.css';
import { type Misheard, ReplaceContext } from './replacing';
import { usePreview, useReplacing } from './useReplacement';
import { bareWords } from './words';

/** Heard with a little of what stands around it, a word is easier to know. */
const LEAD_MS = 1500;
const TAIL_MS = 1000;

function PlayMatch({ match }: { match: ReplacementMatch }) {
  const { source, session, text } = useWorkbench();
  const mediaUrl = source.media?.media_url;
  if (!mediaUrl || match.start_ms === null) return null;
  const endMs = text.endsMs[findWordIndex(text, match.last_word_id)] ?? match.start_ms;
  return (
    <ClipButton
      size="sm"
      label={`Play from ${formatDuration(match.start_ms)}`}
      track={{
        key: `match-${match.first_word_id}`,
        sourceId: source.id,
        mediaUrl,
        startMs: Math.max(0, match.start_ms - LEAD_MS),
        endMs: endMs + TAIL_MS,
        title: session.title,
      }}
    />
  );
}

function isPossible({ blocked_reason }: ReplacementMatch): boolean {
  return blocked_reason === '';
}

interface MatchRowProps {
  match: ReplacementMatch;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function MatchRow({ match, isChosen, onChoose }: MatchRowProps) {
  const blocked = match.blocked_reason;
  return (
    <li className={classes.match}>
      <Checkbox
        className={classes.choice}
        checked={isChosen && !blocked}
        disabled={blocked !== ''}
        description={blocked || undefined}
        onChange={(event) => onChoose(event.currentTarget.checked)}
        label={
          <span data-is-chosen={(isChosen && !blocked) || undefined} className={classes.context}>
            {match.context_before} <del>{match.before}</del> <ins>{match.after}</ins>{' '}
            {match.context_after}
          </span>
        }
      />
      {match.start_ms === null ? null : (
        <Text component="span" size="xs" c="dimmed" className={classes.time}>
          {formatDuration(match.start_ms)}
        </Text>
      )}
      <PlayMatch match={match} />
    </li>
  );
}

interface MatchesProps {
  matches: ReplacementMatch[];
  refused: ReadonlySet<number>;
  onChange: (refused: Set<number>) => void;
}

function Matches({ matches, refused, onChange }: MatchesProps) {
  const possible = matches.filter(isPossible);
  const chosen = possible.filter((match) => !refused.has(match.first_word_id)).length;
  const choose = (wordId: number, isChosen: boolean) => {
    const next = new Set(refused);
    if (isChosen) next.delete(wordId);
    else next.add(wordId);
    onChange(next);
  };
  return (
    <div>
      <Checkbox
        label={`${chosen} of ${formatCount(matches.length, 'place')}`}
        checked={chosen > 0 && chosen === possible.length}
        indeterminate={chosen > 0 && chosen < possible.length}
        disabled={possible.length === 0}
        onChange={() =>
          onChange(
            chosen === possible.length
              ? new Set(possible.map((match) => match.first_word_id))
              : new Set(),
          )
        }
      />
      <ul className={classes.matches} aria-label="Places">
        {matches.map((match) => (
          <MatchRow
            key={match.first_word_id}
            match={match}
            isChosen={!refused.has(match.first_word_id)}
            onChoose={(isChosen) => choose(match.first_word_id, isChosen)}
          />
        ))}
      </ul>
    </div>
  );
}

const NO_MATCHES: ReplacementMatch[] = [];

function useForm(misheard: Misheard) {
  const [find, setFind] = useState(misheard.find);
  const [replace, setReplace] = useState(misheard.replace);
  const [matchCase, setMatchCase] = useState(false);
  const [refused, setRefused] = useState<ReadonlySet<number>>(new Set());
  const [isKept, setIsKept] = useState(false);
  return {
    find,
    setFind,
    replace,
    setReplace,
    matchCase,
    setMatchCase,
    refused,
    setRefused,
    isKept,
    setIsKept,
  };
}

function Found({
  form,
  found,
}: {
  form: ReturnType<typeof useForm>;
  found: ReturnType<typeof usePreview>;
}) {
  const { preview, isAsked } = found;
  const matches = preview.data?.matches ?? NO_MATCHES;
  if (!isAsked) {
    return (
      <Text size="sm" c="dimmed">
        Write what was said; then every place is shown here before anything changes.
      </Text>
    );
  }
  if (preview.error) return <ErrorNotice error={preview.error} />;
  if (preview.isPending)
    return <Loading label="Looking through the text" rows={3} rowHeight={36} />;
  if (matches.length === 0) {
    return <Text size="sm">“{form.find}” is nowhere in this text.</Text>;
  }
  return <Matches matches={matches} refused={form.refused} onChange={form.setRefused} />;
}

function FixForm({ misheard, onClose }: { misheard: Misheard; onClose: () => void }) {
  const form = useForm(misheard);
  const { find, replace, matchCase, refused, isKept } = form;
  const query = { find: find.trim(), replace: replace.trim(), match_case: matchCase };
  const found = usePreview(query);
  const addToGlossary = useAddToGlossary();
  const replacing = useReplacing(() => {
    if (isKept) void addToGlossary(bareWords(replace));
    onClose();
  });
  const matches = (found.isAsked && found.preview.data?.matches) || NO_MATCHES;
  const chosen = matches.filter((match) => isPossible(match) && !refused.has(match.first_word_id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!found.isSettled || chosen.length === 0) return;
    replacing.mutate({ ...query, first_word_ids: chosen.map((match) => match.first_word_id) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group grow align="flex-start" preventGrowOverflow={false} className={classes.fields}>
          <TextInput
            label="Instead of"
            value={find}
            onChange={(event) => form.setFind(event.currentTarget.value)}
            data-autofocus={misheard.find ? undefined : true}
          />
          <TextInput
            label="write"
            value={replace}
            onChange={(event) => form.setReplace(event.currentTarget.value)}
            data-autofocus={misheard.find ? true : undefined}
          />
        </Group>
        <Checkbox
          size="sm"
          label="Only with the same capital and small letters"
          checked={matchCase}
          onChange={(event) => form.setMatchCase(event.currentTarget.checked)}
        />
        <Found form={form} found={found} />
        {replacing.error ? (
          <ErrorNotice title="Nothing was replaced." error={replacing.error} />
        ) : null}
        <div className={classes.foot}>
          <AddToGlossary text={bareWords(replace)} isChosen={isKept} onChoose={form.setIsKept} />
          <Button variant="default" onClick={onClose} ml="auto">
            Cancel
          </Button>
          <Button
            type="submit"
            disabled={chosen.length === 0 || !found.isSettled}
            loading={replacing.isPending}
          >
            {chosen.length ? `Replace in ${formatCount(chosen.length, 'place')}` : 'Replace'}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

/** Lends the session page “Fix everywhere”; it outlives the toolbar it was opened from. */
export function ReplaceProvider({ children }: { children: ReactNode }) {
  const [misheard, setMisheard] = useState<Misheard | null>(null);
  const open = useCallback(
    ({ find, replace }: Misheard) =>
      setMisheard({ find: bareWords(find), replace: bareWords(replace) }),
    [],
  );
  const close = () => setMisheard(null);
  return (
    <ReplaceContext value={open}>
      {children}
      {misheard ? (
        <Modal opened onClose={close} title="Fix everywhere" size="lg">
          <FixForm misheard={misheard} onClose={close} />
        </Modal>
      ) : null}
    </ReplaceContext>
  );
}
