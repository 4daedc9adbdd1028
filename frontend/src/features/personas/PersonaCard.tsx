/** A persona in short: picture, one line, how many people, how fresh. */

import { Link } from 'react-router';
import type { Persona } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { usePeopleTotal } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatPeople, PersonPicture, RelativeTime } from '@/ui';
import classes from './PersonasPage.module.css';

export function PersonaCard({ persona }: { persona: Persona }) {
  const { id } = useWorkspace();
  const peopleTotal = usePeopleTotal();
  return (
    <article className={classes.card}>
      <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={104} />
      <div className={classes.about}>
        <h2 className={classes.name}>
          <Link to={paths.persona(id, persona.id)} className={classes.link}>
            {persona.name}
          </Link>
        </h2>
        <p className={classes.summary}>{persona.summary || 'No summary yet.'}</p>
        <p className={classes.facts}>
          <strong>{formatPeople(persona.people_count, peopleTotal)}</strong>
          <span>{formatCount(persona.excerpt_count, 'excerpt')}</span>
          {persona.insight_count > 0 ? (
            <span>{formatCount(persona.insight_count, 'insight')}</span>
          ) : null}
          {persona.newest_at ? (
            <span>
              newest <RelativeTime time={persona.newest_at} />
            </span>
          ) : null}
        </p>
      </div>
    </article>
  );
}
