/** While somebody types: the personas and tags that match, one click away. */

import { Link } from 'react-router';
import type { SearchHit } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatPeople, PersonPicture } from '@/ui';
import classes from './KindHits.module.css';

function QuickHit({ hit, peopleTotal }: { hit: SearchHit; peopleTotal?: number }) {
  const { id } = useWorkspace();
  if (hit.persona) {
    const { persona } = hit;
    return (
      <Link to={paths.persona(id, persona.id)} className={classes.quickHit}>
        <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={22} />
        <span className={classes.quickName}>{persona.name}</span>
      </Link>
    );
  }
  if (!hit.tag) return null;
  const { tag } = hit;
  return (
    <Link to={paths.taggedExcerpts(id, tag.id)} className={classes.quickHit}>
      <span className={classes.dot} style={{ background: tag.colour }} aria-hidden />
      <span className={classes.quickName}>{tag.path.join(' › ')}</span>{' '}
      <span className={classes.quickPeople}>{formatPeople(tag.people, peopleTotal)}</span>
    </Link>
  );
}

interface QuickHitsProps {
  hits: readonly SearchHit[];
  peopleTotal?: number;
}

export function QuickHits({ hits, peopleTotal }: QuickHitsProps) {
  if (hits.length === 0) return null;
  return (
    <ul className={classes.quick} aria-label="Personas and tags">
      {hits.map((hit) => (
        <li key={`${hit.kind}.${(hit.persona ?? hit.tag)?.id}`}>
          <QuickHit hit={hit} peopleTotal={peopleTotal} />
        </li>
      ))}
    </ul>
  );
}
