/** One hit of a search, of whatever kind. */

import { Link, useNavigate } from 'react-router';
import { type MemoHit, mediaUrl, type Passage, type Persona, type SearchHit } from '@/api';
import { ClipButton, playerStore, type Track } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import {
  ExcerptCard,
  getExcerptPath,
  getVoiceName,
  InsightCard,
  MarkedText,
  useTogglePlaying,
} from '@/features/evidence';
import { SubjectLink } from '@/features/memos';
import { paths } from '@/lib/paths';
import { formatPerson } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { formatPeople, PersonPicture, RelativeTime } from '@/ui';
import { type FeedPlace, HitFrame, type HitSelection } from './HitFrame';
import { HitMenu } from './HitMenu';
import classes from './Hits.module.css';
import { ClaimHit, TagHit } from './KindHits';

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
  selection?: HitSelection;
  place?: FeedPlace;
  /** Leaves out the study where there is only one. */
  isCompact?: boolean;
}

function ExcerptHit({ hit, selection, place, isCompact }: HitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const excerpt = hit.excerpt!;
  const togglePlaying = useTogglePlaying(excerpt);
  return (
    <HitFrame
      missing={hit.missing_words}
      label={`${getVoiceName(excerpt)}: ${excerpt.text}`}
      onOpen={() => void navigate(getExcerptPath(id, excerpt))}
      onPlay={togglePlaying}
      onSelect={selection?.onToggle}
      place={place}
    >
      <ExcerptCard
        excerpt={excerpt}
        isCompact={isCompact}
        highlights={hit.highlights}
        selection={selection}
        actions={<HitMenu excerpt={excerpt} />}
      />
    </HitFrame>
  );
}

function getSpeaker(passage: Passage): string {
  if (passage.participant) return formatPerson(passage.participant);
  return passage.speaker || 'Somebody';
}

function getPassageTrack(workspaceId: string, passage: Passage): Track & { key: string } {
  return {
    key: passage.id,
    sourceId: passage.source_id,
    mediaUrl: mediaUrl(workspaceId, passage.source_id),
    startMs: passage.start_ms ?? 0,
    endMs: passage.end_ms ?? undefined,
    title: getSpeaker(passage),
    subtitle: passage.session_title,
    href: paths.session(workspaceId, passage.session_id, { word: passage.first_word_id }),
  };
}

function PassageHit({ hit, passage }: { hit: SearchHit; passage: Passage }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const track = getPassageTrack(id, passage);
  const speaker = getSpeaker(passage);
  const at = passage.start_ms === null ? '' : formatDuration(passage.start_ms);
  return (
    <HitFrame
      missing={hit.missing_words}
      label={`${speaker}: ${hit.text}`}
      onOpen={() => void navigate(track.href!)}
      onPlay={passage.has_audio ? () => playerStore.play(track) : undefined}
    >
      <div className={classes.passage}>
        {passage.has_audio ? (
          <ClipButton track={track} label={`Play ${speaker} at ${at}`} size="md" />
        ) : null}
        <div className={classes.passageBody}>
          <p className={classes.passageText} dir="auto">
            <MarkedText text={hit.text} ranges={hit.highlights} />
          </p>
          <p className={classes.passageOrigin}>
            <span>{speaker}</span>{' '}
            <Link to={track.href!} className="quiet-link">
              {passage.session_title} {at}
            </Link>{' '}
            <span>{passage.study_title}</span>
          </p>
        </div>
      </div>
    </HitFrame>
  );
}

function MemoHitCard({ hit, memo }: { hit: SearchHit; memo: MemoHit }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  return (
    <HitFrame
      missing={hit.missing_words}
      label={`Memo: ${hit.text}`}
      onOpen={() => void navigate(paths.memo(id, memo.id))}
    >
      <div className={classes.passage}>
        <div className={classes.passageBody}>
          <p className={classes.passageText} dir="auto">
            <MarkedText text={hit.text} ranges={hit.highlights} />
          </p>
          <div className={classes.passageOrigin}>
            <span>{memo.created_by?.name ?? 'Somebody who left'}</span>{' '}
            <RelativeTime time={memo.created_at} />
            <SubjectLink subject={memo.subject} />
          </div>
        </div>
      </div>
    </HitFrame>
  );
}

export function Hit({ hit, peopleTotal, selection, place, isCompact }: HitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  if (hit.insight) {
    const { insight } = hit;
    return (
      <HitFrame
        missing={hit.missing_words}
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
        missing={hit.missing_words}
        label={`Persona: ${persona.name}`}
        onOpen={() => void navigate(paths.persona(id, persona.id))}
      >
        <PersonaHit persona={persona} hit={hit} peopleTotal={peopleTotal} />
      </HitFrame>
    );
  }
  if (hit.claim) return <ClaimHit hit={hit} claim={hit.claim} peopleTotal={peopleTotal} />;
  if (hit.tag) return <TagHit hit={hit} tag={hit.tag} peopleTotal={peopleTotal} />;
  if (hit.passage) return <PassageHit hit={hit} passage={hit.passage} />;
  if (hit.memo) return <MemoHitCard hit={hit} memo={hit.memo} />;
  return hit.excerpt ? <ExcerptHit {...{ hit, selection, place, isCompact }} /> : null;
}

export function getHitKey(hit: SearchHit): string {
  return `${hit.kind}.${hit[hit.kind]?.id}`;
}
