/** A theme on the map: how many people, and the voice that says it best. */

import { Link } from 'react-router';
import type { Excerpt, Theme } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ExcerptPlayButton, getExcerptPath, getVoiceName } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import classes from './EmpathyMap.module.css';
import { PeopleMeter } from './PeopleMeter';

interface ThemeItemProps {
  theme: Theme;
  /** What is quoted of it. */
  voice: Excerpt | undefined;
  peopleTotal: number;
  /** The address that opens all excerpts of the theme. */
  href: string;
}

function Quote({ quote }: { quote: Excerpt }) {
  const { id } = useWorkspace();
  return (
    <div className={classes.quote}>
      <ExcerptPlayButton excerpt={quote} size="md" />
      <div className={classes.words}>
        <blockquote className={classes.saying} dir="auto" title={quote.text}>
          “{quote.text}”
        </blockquote>
        <Link to={getExcerptPath(id, quote)} className={classes.voice}>
          {getVoiceName(quote)}
        </Link>
      </div>
    </div>
  );
}

export function ThemeItem({ theme, voice, peopleTotal, href }: ThemeItemProps) {
  return (
    <li className={classes.theme}>
      <div className={classes.themeHead}>
        <Link to={href} className={classes.themeName}>
          {theme.tag_id ? theme.name : 'Without a tag'}
        </Link>
        <span className={classes.themePeople}>
          {theme.people === 0 ? (
            <span title="From notes; no participant said it">Observed</span>
          ) : (
            <>
              <PeopleMeter people={theme.people} peopleTotal={peopleTotal} />
              {formatPeople(theme.people, peopleTotal)}
            </>
          )}
        </span>
      </div>
      {voice ? <Quote quote={voice} /> : null}
      {theme.excerpts > 1 ? (
        <Link to={href} className={classes.all}>
          All {formatCount(theme.excerpts, 'excerpt')}
          <span className="only-for-screen-readers"> about {theme.name}</span>
        </Link>
      ) : null}
    </li>
  );
}
