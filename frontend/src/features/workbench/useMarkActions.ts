/** What keys and toolbar do with the chosen words or the chosen excerpt. */

import { useMemo, useState } from 'react';
import type { Excerpt, NewPlacing, Placing, TagRef } from '@/api';
import { getNextAspect, getQuadrant, type QuadrantId } from '@/lib/quadrants';
import type { ExcerptDraft } from './excerptDraft';
import type { ExcerptWords } from './excerptEditor';
import type { Feeling } from './forms/EmotionForm';
import { getChosenRange } from './marking';
import { cycleExcerpts, getOverlapPlace } from './overlaps';
import { proposePersona } from './speakers/speakers';
import {
  findExcerptRange,
  getRangeText,
  getRangeTimes,
  type TranscriptText,
  type WordRange,
} from './transcriptText';
import type { Evidence, Workbench } from './workbench';

function readExcerptWords(text: TranscriptText, range: WordRange): ExcerptWords {
  const { startMs, endMs } = getRangeTimes(text, range);
  return {
    first_word_id: text.wordIds[range.first],
    last_word_id: text.wordIds[range.last],
    text: getRangeText(text, range),
    start_ms: startMs,
    end_ms: endMs,
  };
}

/** One end moved by a word; null at the ends of the text, and where no word would be left. */
export function moveEnd(range: WordRange, end: RangeEnd, by: 1 | -1, wordCount: number) {
  const moved = { ...range, [end]: range[end] + by };
  const isWithin = moved.first >= 0 && moved.last < wordCount && moved.first <= moved.last;
  return isWithin ? moved : null;
}

function draftExcerpt({ text, transcript }: Workbench, range: WordRange): ExcerptDraft {
  return {
    ...readExcerptWords(text, range),
    transcript_id: transcript.id,
    speaker_id: text.segments[text.segmentOf[range.first]].speakerId,
    tags: [],
  };
}

export type RangeEnd = keyof WordRange;

/** The persona proposed for words: that of whoever says the first of them. */
function usePersonaChoice(workbench: Workbench, range: WordRange | null, excerpt?: Excerpt) {
  const [choice, setChoice] = useState<{ at: string; personaId: string | null } | null>(null);
  const { text, session, source } = workbench;
  const word = range?.first ?? -1;
  const speakerId = excerpt?.speaker_id ?? text.segments[text.segmentOf[word]]?.speakerId ?? null;
  const proposed = proposePersona(
    source.speakers.find((speaker) => speaker.id === speakerId),
    session.participants,
  );
  const placed = excerpt?.placings.find((placing) => placing.persona_id)?.persona_id;
  const at = excerpt?.id ?? `${range?.first}-${range?.last}`;
  const personaId = choice?.at === at ? choice.personaId : (placed ?? proposed);
  return {
    personaId,
    proposed,
    choose: (personaId: string | null) => setChoice({ at, personaId }),
  };
}

export function useMarkActions(workbench: Workbench, { marking, excerpts, marks }: Evidence) {
  const { dispatch, editor, text, transcript } = workbench;
  const range = useMemo(() => getChosenRange(marking), [marking]);
  const excerpt = excerpts.find((one) => one.id === marking.activeId);
  const persona = usePersonaChoice(workbench, range, excerpt);

  const create = (parts: Partial<ExcerptDraft>) => {
    if (!range) return undefined;
    document.getSelection()?.removeAllRanges();
    const excerptId = editor.create({ ...draftExcerpt(workbench, range), ...parts });
    dispatch({ type: 'activate', excerptId });
    return excerptId;
  };

  const placeExcerpt = (excerptId: string, quadrant: QuadrantId) => {
    // Keys may come faster than the page renders: what counts is the excerpt as it is by now.
    const chosen = editor.get(excerptId);
    if (!chosen) return;
    const placing = chosen.placings.find((one) => one.quadrant === quadrant);
    if (!placing) {
      editor.place(chosen.id, { quadrant, aspect: '', persona_id: persona.personaId });
    } else if (getQuadrant(quadrant).aspects.length > 0) {
      editor.updatePlacing(chosen.id, placing, { aspect: getNextAspect(quadrant, placing.aspect) });
    } else {
      editor.unplace(chosen.id, placing);
    }
  };

  const moveExcerptEnd = (excerptId: string, end: RangeEnd, by: 1 | -1) => {
    const chosen = editor.get(excerptId);
    if (chosen?.transcript_id !== transcript.id) return;
    const known = findExcerptRange(text, chosen);
    const moved = known && moveEnd(known, end, by, text.wordIds.length);
    if (moved) editor.setWords(excerptId, readExcerptWords(text, moved));
  };

  return {
    range,
    excerpt,
    persona,
    overlap: getOverlapPlace(marks, marking.activeId, marking.cursor),
    hasTarget: range !== null || marking.activeId !== null,
    /** First press places; again changes the aspect, or takes the placing back where there is none. */
    place: (quadrant: QuadrantId) => {
      if (marking.activeId) placeExcerpt(marking.activeId, quadrant);
      else create({ placings: [{ quadrant, aspect: '', persona_id: persona.personaId }] });
    },
    setTags: (tags: TagRef[]) => {
      if (marking.activeId) editor.setTags(marking.activeId, tags);
      else create({ tags });
    },
    setKeyQuote: (isKeyQuote: boolean) => {
      if (marking.activeId) editor.setKeyQuote(marking.activeId, isKeyQuote);
      else create({ is_key_quote: isKeyQuote });
    },
    setPersona: (personaId: string | null) => {
      persona.choose(personaId);
      const chosen = marking.activeId ? editor.get(marking.activeId) : undefined;
      for (const placing of chosen?.placings ?? []) {
        if (placing.persona_id !== personaId) {
          editor.updatePlacing(chosen?.id ?? '', placing, { persona_id: personaId });
        }
      }
    },
    /** Without a placing to hold it, what is felt is placed in Feel. */
    setFeeling: (placing: Placing | undefined, feeling: Feeling) => {
      const placed: NewPlacing = {
        quadrant: 'think_feel',
        aspect: 'feel',
        persona_id: persona.personaId,
        ...feeling,
      };
      if (marking.activeId && placing) editor.updatePlacing(marking.activeId, placing, feeling);
      else if (marking.activeId) editor.place(marking.activeId, placed);
      else create({ placings: [placed] });
    },
    /** Widens or narrows the chosen words, or the chosen excerpt, by a word. */
    moveEnd: (end: RangeEnd, by: 1 | -1) => {
      if (marking.activeId) return moveExcerptEnd(marking.activeId, end, by);
      const moved = range && moveEnd(range, end, by, text.wordIds.length);
      if (moved) dispatch({ type: 'choose', range: moved });
    },
    /** Makes an excerpt of the chosen words that is in no quadrant yet; its id until it is saved. */
    mark: () => create({}),
    /** On to the next excerpt over the same words. */
    cycle: (by: 1 | -1) => {
      const next = cycleExcerpts(marks, marking.activeId, marking.cursor, by);
      if (next) dispatch({ type: 'activate', excerptId: next.excerpt.id });
      return next !== undefined;
    },
    remove: () => {
      if (!excerpt) return;
      dispatch({ type: 'clear' });
      void editor.remove(excerpt.id);
    },
  };
}

export type MarkActions = ReturnType<typeof useMarkActions>;
