/** What keys and toolbar do with the chosen words or the chosen excerpt. */

import { useMemo, useState } from 'react';
import type { Excerpt, TagRef } from '@/api';
import { getNextAspect, getQuadrant, type QuadrantId } from '@/lib/quadrants';
import type { ExcerptDraft } from './excerptDraft';
import { getChosenRange } from './marking';
import { proposePersona } from './speakers/speakers';
import { getRangeText, getRangeTimes, type WordRange } from './transcriptText';
import type { Evidence, Workbench } from './workbench';

function draftExcerpt({ text, transcript }: Workbench, range: WordRange): ExcerptDraft {
  const { startMs, endMs } = getRangeTimes(text, range);
  return {
    transcript_id: transcript.id,
    first_word_id: text.wordIds[range.first],
    last_word_id: text.wordIds[range.last],
    text: getRangeText(text, range),
    start_ms: startMs,
    end_ms: endMs,
    speaker_id: text.segments[text.segmentOf[range.first]].speakerId,
    tags: [],
  };
}

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
    isProposed: personaId === proposed,
    choose: (personaId: string | null) => setChoice({ at, personaId }),
  };
}

export function useMarkActions(workbench: Workbench, { marking, excerpts }: Evidence) {
  const { dispatch, editor } = workbench;
  const range = useMemo(() => getChosenRange(marking), [marking]);
  const excerpt = excerpts.find((one) => one.id === marking.activeId);
  const persona = usePersonaChoice(workbench, range, excerpt);

  const create = (parts: Partial<ExcerptDraft>) => {
    if (!range) return;
    document.getSelection()?.removeAllRanges();
    const excerptId = editor.create({ ...draftExcerpt(workbench, range), ...parts });
    dispatch({ type: 'activate', excerptId });
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

  return {
    range,
    excerpt,
    persona,
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
      for (const placing of excerpt?.placings ?? []) {
        editor.updatePlacing(excerpt?.id ?? '', placing, { persona_id: personaId });
      }
    },
    remove: () => {
      if (!excerpt) return;
      dispatch({ type: 'clear' });
      void editor.remove(excerpt.id);
    },
  };
}

export type MarkActions = ReturnType<typeof useMarkActions>;
