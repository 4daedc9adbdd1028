/** The passage that is being edited, what is on its way, and what was not saved. */

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  ApiError,
  joinSegment,
  moveBoundary,
  type Segment,
  splitSegment,
  writeSegment,
} from '@/api';
import { playerStore } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import { useAddToGlossary } from '../glossary/AddToGlossary';
import { buildTranscriptText, hasText, type TextSegment } from '../transcriptText';
import type { Workbench } from '../workbench';
import { countWordsBefore, type Selection, tidyOffset } from './cuts';
import { dropDraft, keepDraft, listDrafts, readDraft } from './drafts';
import { mergeTexts, tidyText } from './mergeTexts';
import { findRespelling } from './respelling';
import type { OpenPassage, TextEditing, TextTools, Unsaved } from './textEditing';
import { useOfferOthers } from './useOfferOthers';
import { useTextChanges } from './useTextChanges';

const AT_START: Selection = { start: 0, end: 0 };

/** A passage as it is now: its words and their ids. */
interface Passage {
  id: string;
  words: string[];
  wordIds: number[];
}

function toPassage(segment: Segment): Passage {
  return { id: segment.id, words: segment.words, wordIds: buildTranscriptText([segment]).wordIds };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): Map<string, Value> {
  return new Map([...map].filter(([name]) => name !== key));
}

/** The words of whoever was there first, as a refusal tells them. */
function readTheirs(error: unknown): Segment | null {
  if (!(error instanceof ApiError) || error.code !== 'turn_changed') return null;
  return (error.fields as unknown as { segment?: Segment }).segment ?? null;
}

/** The passages beside one; where there is no text there is no passage. */
function findBeside(segments: readonly TextSegment[], segmentId: string, step: 1 | -1) {
  const index = segments.findIndex(({ id }) => id === segmentId);
  const beside = index === -1 ? undefined : segments[index + step];
  return beside && hasText(beside) ? beside : undefined;
}

/** A function that stays the same and does what the last one given would do. */
function useLatest<Arguments extends unknown[], Answer>(act: (...all: Arguments) => Answer) {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...all: Arguments) => latest.current(...all), []);
}

export function useEditingState(workbench: Workbench, container: RefObject<HTMLElement | null>) {
  const { session, source, transcript, text, mayMark, dispatch } = workbench;
  const { id } = useWorkspace();
  const transcriptId = transcript.id;
  const { changes, done } = useTextChanges(session.id, transcriptId, source.id);
  const offerOthers = useOfferOthers(transcriptId);
  const addToGlossary = useLatest(useAddToGlossary());
  const [open, setOpen] = useState<OpenPassage | null>(null);
  const [pending, setPending] = useState<ReadonlyMap<string, string>>(new Map());
  const [unsaved, setUnsaved] = useState<ReadonlyMap<string, Unsaved>>(new Map());
  const latest = useRef({ open, text, unsaved });
  latest.current.text = text;
  latest.current.unsaved = unsaved;
  const change = useCallback((passage: OpenPassage | null) => {
    // At once: a blur that follows a key must not save what was left.
    latest.current.open = passage;
    setOpen(passage);
  }, []);

  const openPassage = useCallback(
    (segmentId: string, selection: Selection = AT_START) => {
      const segment = latest.current.text.segments.find((one) => one.id === segmentId);
      if (!segment || !hasText(segment)) return;
      const draft = readDraft(transcriptId, segmentId);
      playerStore.pause();
      document.getSelection()?.removeAllRanges();
      dispatch({ type: 'clear' });
      changes.setDone(null);
      change({
        segmentId,
        base: draft?.base ?? segment.text,
        text: draft?.text ?? segment.text,
        selection,
      });
    },
    [change, changes.setDone, dispatch, transcriptId],
  );

  const type = useCallback(
    (typed: string, selection: Selection) => {
      const known = latest.current.open;
      if (!known) return;
      change({ ...known, text: typed, selection });
      const { segmentId, base } = known;
      if (tidyText(typed) === base) dropDraft(transcriptId, segmentId);
      else if (typed !== known.text) keepDraft(transcriptId, { segmentId, base, text: typed });
    },
    [change, transcriptId],
  );

  /** Tells of a text that was not saved; it stays in the browser until somebody decides. */
  const refuse = useCallback(
    ({ segmentId, base }: OpenPassage, mine: string, error: unknown) => {
      const theirs = readTheirs(error);
      if (theirs) changes.put({ segments: [theirs] });
      const fault = error instanceof Error ? error : new Error('The server could not answer.');
      const refused = { segmentId, base, mine, theirs: theirs?.words.join(' ') ?? null };
      setUnsaved((known) => new Map(known).set(segmentId, { ...refused, error: fault }));
    },
    [changes.put],
  );

  /** Saves a text; the passage as it is then, or null where it was refused or is gone. */
  const write = useCallback(
    async (passage: OpenPassage): Promise<Passage | null> => {
      const { segmentId, base } = passage;
      const mine = tidyText(passage.text);
      const known = latest.current.text.segments.find((one) => one.id === segmentId);
      if (mine === base && known) {
        dropDraft(transcriptId, segmentId);
        const from = known.firstIndex;
        const wordIds = latest.current.text.wordIds.slice(from, from + known.words.length);
        return { id: segmentId, words: known.words, wordIds };
      }
      setPending((map) => new Map(map).set(segmentId, mine));
      setUnsaved((map) => without(map, segmentId));
      try {
        const body = { text: mine, expected_text: base };
        const answer = changes.take(await writeSegment(id, segmentId, body), 'Saved');
        dropDraft(transcriptId, segmentId);
        const segment = answer.segments.find((one) => one.id === segmentId);
        const respelling = findRespelling(base, mine);
        if (respelling) {
          void offerOthers(respelling);
          const label = `Add “${respelling.after}” to the glossary`;
          const onAct = () => {
            void addToGlossary(respelling.after);
            changes.setDone(null);
          };
          changes.setDone((known) => known && { ...known, more: { label, onAct } });
        }
        return segment ? toPassage(segment) : null;
      } catch (error) {
        keepDraft(transcriptId, { segmentId, base, text: passage.text });
        refuse(passage, mine, error);
        return null;
      } finally {
        setPending((map) => without(map, segmentId));
      }
    },
    [addToGlossary, changes, id, offerOthers, refuse, transcriptId],
  );

  /** The keyboard goes on in the text where the caret was; a click elsewhere is left alone. */
  const backToText = useCallback(
    ({ segmentId, text: typed, selection }: OpenPassage) => {
      const segment = latest.current.text.segments.find((one) => one.id === segmentId);
      const isHere = document.activeElement?.closest('[data-is-editing]');
      if (!segment?.words.length || !isHere) return;
      const before = countWordsBefore(segment.words, tidyOffset(typed, selection.start));
      const word = segment.firstIndex + Math.min(before, segment.words.length - 1);
      dispatch({ type: 'stand', word, activeId: null });
      container.current?.focus({ preventScroll: true });
    },
    [container, dispatch],
  );

  const save = useCallback(async () => {
    const passage = latest.current.open;
    if (!passage) return true;
    change(null);
    backToText(passage);
    return (await write(passage)) !== null;
  }, [backToText, change, write]);

  /** Saves what was typed, then does something with the passage; a failure is told in words. */
  const saveThen = useCallback(
    async (failure: string, act: (passage: Passage) => Promise<void>) => {
      const passage = latest.current.open;
      if (!passage) return;
      change(null);
      const saved = await write(passage);
      if (!saved) return;
      try {
        await act(saved);
      } catch (error) {
        notifyFailure(failure, error);
      }
    },
    [change, write],
  );

  const tools = useMemo<TextTools>(() => {
    const beside = (segmentId: string, step: 1 | -1) =>
      findBeside(latest.current.text.segments, segmentId, step);
    const reopen = (segment: Segment | undefined, offset: number) => {
      if (!segment) return;
      const base = segment.words.join(' ');
      const selection = { start: offset, end: offset };
      change({ segmentId: segment.id, base, text: base, selection });
    };
    const join = async (first: TextSegment | Passage | undefined, offset: number) => {
      if (!first) return;
      const answer = changes.take(await joinSegment(id, first.id), 'Joined');
      const joined = answer.segments.find((one) => one.id === first.id);
      reopen(joined, offset);
    };
    return {
      openPassage,
      type,
      leave: () => {
        const passage = latest.current.open;
        change(null);
        if (!passage) return;
        backToText(passage);
        const { segmentId, base, text: typed, selection } = passage;
        // What was refused stays until somebody decides.
        if (latest.current.unsaved.has(segmentId)) return;
        dropDraft(transcriptId, segmentId);
        if (tidyText(typed) === base) return;
        changes.setDone({
          message: 'Left as it was',
          undoLabel: 'Bring my words back',
          onUndo: () => {
            keepDraft(transcriptId, { segmentId, base, text: typed });
            openPassage(segmentId, selection);
          },
        });
      },
      save,
      split: (offset, speakerId) =>
        saveThen('The passage was not split.', async ({ id: segmentId, words, wordIds }) => {
          const at = countWordsBefore(words, offset);
          if (at <= 0 || at >= words.length) return;
          const chosen = speakerId === undefined ? {} : { speaker_id: speakerId };
          const body = { word_id: wordIds[at], ...chosen };
          const answer = changes.take(await splitSegment(id, segmentId, body), 'Split');
          reopen(
            answer.segments.find((one) => one.id !== segmentId),
            0,
          );
        }),
      joinWithPrevious: () =>
        saveThen('The passages were not joined.', async ({ id: segmentId }) => {
          const before = beside(segmentId, -1);
          await join(before, before ? before.text.length + 1 : 0);
        }),
      joinWithNext: () =>
        saveThen('The passages were not joined.', async (passage) => {
          if (beside(passage.id, 1)) await join(passage, passage.words.join(' ').length);
        }),
      giveToPrevious: (wordCount) =>
        saveThen('The words were not moved.', async ({ id: segmentId, wordIds }) => {
          const body = { word_id: wordIds[wordCount] };
          changes.take(await moveBoundary(id, segmentId, body), 'Moved');
        }),
      giveToNext: (firstWord) =>
        saveThen('The words were not moved.', async ({ id: segmentId, wordIds }) => {
          const after = beside(segmentId, 1);
          if (!after) return;
          changes.take(await moveBoundary(id, after.id, { word_id: wordIds[firstWord] }), 'Moved');
        }),
      remove: async () => {
        const passage = latest.current.open;
        if (!passage) return;
        change(null);
        await write({ ...passage, text: '' });
      },
      keepMine: ({ segmentId, mine, theirs, base }) =>
        void write({ segmentId, base: theirs ?? base, text: mine, selection: AT_START }),
      keepTheirs: ({ segmentId }) => {
        dropDraft(transcriptId, segmentId);
        setUnsaved((map) => without(map, segmentId));
      },
      mergeByHand: ({ segmentId, base, mine, theirs }) => {
        const known = theirs ?? base;
        const merged = mergeTexts(base, mine, known) ?? mine;
        keepDraft(transcriptId, { segmentId, base: known, text: merged });
        change({ segmentId, base: known, text: merged, selection: AT_START });
      },
    };
  }, [backToText, change, changes, id, openPassage, save, saveThen, transcriptId, type, write]);

  const mayEdit = mayMark && transcript.state === 'complete';
  useKeptDrafts(transcriptId, changes.setDone, openPassage, mayEdit);
  const openId = open?.segmentId ?? null;
  const editing = useMemo<TextEditing>(
    () => ({ mayEdit, openId, pending, unsaved }),
    [mayEdit, openId, pending, unsaved],
  );
  return { editing, open, tools, done, setDone: changes.setDone };
}

/** Offers what was typed before a reload. */
function useKeptDrafts(
  transcriptId: string,
  setDone: ReturnType<typeof useTextChanges>['changes']['setDone'],
  openPassage: TextTools['openPassage'],
  mayEdit: boolean,
) {
  const isTold = useRef(false);
  useEffect(() => {
    if (isTold.current || !mayEdit) return;
    isTold.current = true;
    const draft = listDrafts(transcriptId)[0];
    if (!draft) return;
    setDone({
      message: 'You typed something here that is not saved yet',
      undoLabel: 'Go on with it',
      onUndo: () => openPassage(draft.segmentId),
    });
  }, [transcriptId, setDone, openPassage, mayEdit]);
}
