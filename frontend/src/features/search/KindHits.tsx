/** Hits that lead on: a claim of a persona, and a tag of the codebook. */

import { IconQuestionMark, IconQuote } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { ClaimHit as FoundClaim, TagHit as FoundTag, SearchHit } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { MarkedText } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople, PersonPicture } from '@/ui';
import { HitFrame } from './HitFrame';
import hits from './Hits.module.css';
import classes from './KindHits.module.css';

/** "Assumption", or how many people support it. */
function Support({ claim, peopleTotal }: { claim: FoundClaim; peopleTotal?: number }) {
  if (claim.is_assumption) {
    return (
      <span className={classes.assumption}>
        <IconQuestionMark size={13} aria-hidden /> Assumption: nobody has been heard saying it yet
      </span>
    );
  }
  return (
    <span className={classes.support}>
      <IconQuote size={13} aria-hidden /> {formatPeople(claim.people, peopleTotal)},{' '}
      {formatCount(claim.excerpts, 'excerpt')}
    </span>
  );
}

interface ClaimHitProps {
  hit: SearchHit;
  claim: FoundClaim;
  peopleTotal?: number;
}

export function ClaimHit({ hit, claim, peopleTotal }: ClaimHitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const { persona } = claim;
  const path = paths.claim(id, persona.id, claim.id);
  return (
    <HitFrame
      missing={hit.missing_words}
      label={`Claim about ${persona.name}: ${hit.text}`}
      onOpen={() => void navigate(path)}
    >
      <Link to={path} className={hits.persona}>
        <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={32} />
        <span className={hits.personaText}>
          <span className={classes.claim} dir="auto">
            <MarkedText text={hit.text} ranges={hit.highlights} />
          </span>
          <span className={hits.personaPeople}>{persona.name}</span>
          <Support claim={claim} peopleTotal={peopleTotal} />
        </span>
      </Link>
    </HitFrame>
  );
}

interface TagHitProps {
  hit: SearchHit;
  tag: FoundTag;
  peopleTotal?: number;
}

export function TagHit({ hit, tag, peopleTotal }: TagHitProps) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const path = paths.taggedExcerpts(id, tag.id);
  return (
    <HitFrame
      missing={hit.missing_words}
      label={`Tag: ${tag.path.join(' › ')}`}
      onOpen={() => void navigate(path)}
    >
      <Link to={path} className={hits.persona}>
        <span className={classes.dot} style={{ background: tag.colour }} aria-hidden />
        <span className={hits.personaText}>
          <span className={classes.tagText} dir="auto">
            <MarkedText text={hit.text} ranges={hit.highlights} />
          </span>
          <span className={hits.personaPeople}>
            {formatCount(tag.excerpts, 'excerpt')} from {formatPeople(tag.people, peopleTotal)}
          </span>
        </span>
      </Link>
    </HitFrame>
  );
}
