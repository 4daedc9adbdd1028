/** One excerpt wherever evidence is shown: the words, who said them, and their sound. */

import { Checkbox } from '@mantine/core';
import { IconStarFilled, IconUser } from '@tabler/icons-react';
import type { MouseEvent as ReactMouseEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import type { Excerpt } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatDay, formatDuration } from '@/lib/time';
import { QuadrantBadge, TagBadge } from '@/ui';
import { ClipWave } from './ClipWave';
import classes from './ExcerptCard.module.css';
import { ExcerptPlayButton } from './ExcerptPlayButton';
import { getExcerptPath, getVoiceName, listPersonas, listPlacements } from './excerptFacts';
import { ListenFirst } from './ListenFirst';
import { MarkedText } from './MarkedText';

interface ExcerptCardProps {
  excerpt: Excerpt;
  /** Half-open ranges of code points in the text that matched a search. */
  highlights?: readonly (readonly [start: number, end: number])[];
  selection?: { isSelected: boolean; onToggle: (isRange: boolean) => void };
  /** Stands instead of the button that plays this excerpt alone. */
  playButton?: ReactNode;
  /** Buttons for what can be done with the excerpt in this place. */
  actions?: ReactNode;
  /** Said under the quote, such as why it was added to an insight. */
  note?: ReactNode;
  /** Leaves out what the page around it says already. */
  isCompact?: boolean;
}

function Stripe({ excerpt }: { excerpt: Excerpt }) {
  const placements = listPlacements(excerpt);
  return (
    <div className={classes.stripe} aria-hidden>
      {placements.map(({ key, quadrant }) => (
        <span key={key} style={{ background: `var(--quadrant-${quadrant})` }} />
      ))}
    </div>
  );
}

function Badges({ excerpt }: { excerpt: Excerpt }) {
  const { id } = useWorkspace();
  const placements = listPlacements(excerpt);
  const personas = listPersonas(excerpt);
  if (placements.length + personas.length + excerpt.tags.length === 0) return null;
  return (
    <div className={classes.badges}>
      {placements.map(({ key, quadrant, aspect, emotion }) => (
        <QuadrantBadge key={key} quadrant={quadrant} aspect={aspect} detail={emotion} />
      ))}
      {personas.map((persona) => (
        <Link key={persona.id} to={paths.persona(id, persona.id)} className={classes.persona}>
          <IconUser size={13} aria-hidden />
          {persona.name}
        </Link>
      ))}
      {excerpt.tags.map((tag) => (
        <TagBadge key={tag.id} name={tag.name} colour={tag.colour} />
      ))}
    </div>
  );
}

function Origin({ excerpt, isCompact }: { excerpt: Excerpt; isCompact?: boolean }) {
  const { id } = useWorkspace();
  const place = excerpt.start_ms === null ? '' : `at ${formatDuration(excerpt.start_ms)}`;
  return (
    <div className={classes.origin}>
      <span className={classes.voice}>{getVoiceName(excerpt)}</span>
      <Link
        to={getExcerptPath(id, excerpt)}
        className="quiet-link"
        title={`Open the transcript ${place}`.trim()}
      >
        {excerpt.session_title} {place ? <span className={classes.place}>{place}</span> : null}
      </Link>
      {isCompact ? null : <span>{excerpt.study_title}</span>}
      {excerpt.held_on ? (
        <time dateTime={excerpt.held_on}>{formatDay(excerpt.held_on)}</time>
      ) : null}
    </div>
  );
}

/** React's change of a checkbox is a click of the browser, which knows of the shift key. */
function isRangeClick(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}

/** With shift the browser would select all the text in between. */
function keepTextUnselected(event: ReactMouseEvent) {
  if (event.shiftKey) event.preventDefault();
}

export function ExcerptCard(props: ExcerptCardProps) {
  const { excerpt, highlights, selection, playButton, actions, note, isCompact } = props;
  return (
    <div className={classes.card} data-is-selected={selection?.isSelected || undefined}>
      <Stripe excerpt={excerpt} />
      <div className={classes.side}>
        {playButton ?? <ExcerptPlayButton excerpt={excerpt} />}
        {selection ? (
          <Checkbox
            size="xs"
            checked={selection.isSelected}
            onChange={({ nativeEvent }) => selection.onToggle(isRangeClick(nativeEvent))}
            onMouseDown={keepTextUnselected}
            className={classes.select}
            aria-label={`Select what ${getVoiceName(excerpt)} said`}
          />
        ) : null}
      </div>
      <div className={classes.body}>
        <blockquote className={classes.quote} dir="auto">
          {excerpt.is_key_quote ? (
            <span className={classes.key} title="Key quote">
              <IconStarFilled size={13} aria-hidden />
              <span className="only-for-screen-readers">Key quote: </span>
            </span>
          ) : null}
          “<MarkedText text={excerpt.text} ranges={highlights} />”
        </blockquote>
        <ClipWave excerpt={excerpt} />
        <ListenFirst excerpt={excerpt} />
        {note ? <div className={classes.note}>{note}</div> : null}
        <Badges excerpt={excerpt} />
        <Origin excerpt={excerpt} isCompact={isCompact} />
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
