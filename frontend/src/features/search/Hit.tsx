/** One hit of a search that the keyboard can stand on: space plays, Enter opens, x selects. */

import type { KeyboardEvent, ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Persona, SearchHit } from '@/api';
import { useWorkspace } from '@/app/workspace';
import {
  ExcerptCard,
  type ExcerptSelection,
  getExcerptPath,
  getVoiceName,
  InsightCard,
  MarkedText,
  useTogglePlaying,
} from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatPeople, PersonPicture } from '@/ui';
import classes from './Hits.module.css';

interface HitFrameProps {
  label: string;
  onOpen: () => void;
  onPlay?: () => void;
  onSelect?: () => void;
  children: ReactNode;
}

function HitFrame({ label, onOpen, onPlay, onSelect, children }: HitFrameProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys pressed on a button or link inside belong to it.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const action = { Enter: onOpen, ' ': onPlay, x: onSelect }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <article
      data-hit
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an article of a feed takes the focus
      tabIndex={0}
      aria-label={label}
      className={classes.hit}
      onKeyDown={onKeyDown}
    >
      {children}
    </article>
  );
}

interface PersonaHitProps {
  persona: Persona;
  hit: SearchHit;
  peopleTotal?: number;
}

function PersonaHit({ persona, hit, peopleTotal }: PersonaHitProps) {
  const { id } = useWorkspace();
  return (
    <Link to={paths.persona(id, persona.id)} className={classes.persona}>
      <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={44} />
      <span className={classes.personaText}>
        <span className={classes.personaName}>{persona.name}</span>
        <span className={classes.personaSummary}>
          <MarkedText text={persona.summary} ranges={hit.highlights} />
        </span>
        <span className={classes.personaPeople}>
          {formatPeople(persona.people_count, peopleTotal)}
        </span>
      </span>
    </Link>
  );
}

interface HitProps {
  hit: SearchHit;
  peopleTotal?: number;
  selection?: ExcerptSelection;
  /** Leaves out the study where there is only one. */
  isCompact?: boolean;
}

function ExcerptHit({ hit, selection, isCompact }: HitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const excerpt = hit.excerpt!;
  const togglePlaying = useTogglePlaying(excerpt);
  const toggle = selection && (() => selection.toggle(excerpt));
  return (
    <HitFrame
      label={`${getVoiceName(excerpt)}: ${excerpt.text}`}
      onOpen={() => void navigate(getExcerptPath(id, excerpt))}
      onPlay={togglePlaying}
      onSelect={toggle}
    >
      <ExcerptCard
        excerpt={excerpt}
        isCompact={isCompact}
        highlights={hit.highlights}
        selection={toggle && { isSelected: selection.has(excerpt.id), onToggle: toggle }}
      />
    </HitFrame>
  );
}

export function Hit({ hit, peopleTotal, selection, isCompact }: HitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  if (hit.insight) {
    const { insight } = hit;
    return (
      <HitFrame
        label={`Insight: ${insight.statement}`}
        onOpen={() => void navigate(paths.insight(id, insight.id))}
      >
        <InsightCard insight={insight} highlights={hit.highlights} peopleTotal={peopleTotal} />
      </HitFrame>
    );
  }
  if (hit.persona) {
    const { persona } = hit;
    return (
      <HitFrame
        label={`Persona: ${persona.name}`}
        onOpen={() => void navigate(paths.persona(id, persona.id))}
      >
        <PersonaHit persona={persona} hit={hit} peopleTotal={peopleTotal} />
      </HitFrame>
    );
  }
  return hit.excerpt ? <ExcerptHit hit={hit} selection={selection} isCompact={isCompact} /> : null;
}

export function getHitKey(hit: SearchHit): string {
  return `${hit.kind}.${hit.excerpt?.id ?? hit.insight?.id ?? hit.persona?.id}`;
}
