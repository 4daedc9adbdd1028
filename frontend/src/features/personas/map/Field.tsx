/** One of the six fields of the map: its themes, the most people first. */

import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MapAspect, MapQuadrant } from '@/api';
import { getQuadrant } from '@/lib/quadrants';
import { formatCount } from '@/lib/text';
import { formatPeople, QuadrantIcon } from '@/ui';
import classes from './EmpathyMap.module.css';
import { type MapScope, nameAspect } from './mapScope';
import { ThemeItem } from './ThemeItem';
import { listParts, pickVoices, rankThemes } from './themes';

const SHOWN_THEMES = 3;

interface FieldProps {
  field: MapQuadrant;
  peopleTotal: number;
  /** The address that opens the excerpts of a part of the map. */
  getScopePath: (scope: MapScope) => string;
}

interface PartProps extends FieldProps {
  part: MapAspect;
  isSplit: boolean;
}

function Part({ field, part, isSplit, peopleTotal, getScopePath }: PartProps) {
  const [isWhole, setIsWhole] = useState(false);
  const themes = rankThemes(part.themes);
  const voices = pickVoices(themes);
  const shown = isWhole ? themes : themes.slice(0, SHOWN_THEMES);
  const { quadrant } = field;
  const hidden = themes.length - SHOWN_THEMES;
  return (
    <div className={classes.part}>
      {isSplit ? <h4 className={classes.partName}>{nameAspect(quadrant, part.aspect)}</h4> : null}
      {themes.length === 0 ? <p className={classes.nothing}>Nothing heard yet.</p> : null}
      <ul className={classes.themes}>
        {shown.map((theme, place) => (
          <ThemeItem
            key={theme.tag_id ?? 'none'}
            theme={theme}
            voice={voices[place]}
            peopleTotal={peopleTotal}
            href={getScopePath({ quadrant, aspect: part.aspect, tag: theme.tag_id ?? 'none' })}
          />
        ))}
      </ul>
      {hidden > 0 ? (
        <UnstyledButton
          className={classes.more}
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer themes' : `${formatCount(hidden, 'more theme')}`}
        </UnstyledButton>
      ) : null}
    </div>
  );
}

export function Field({ field, peopleTotal, getScopePath }: FieldProps) {
  const { quadrant, people, excerpts } = field;
  const { name, question, aspects } = getQuadrant(quadrant);
  const titleId = `field-${quadrant}`;
  return (
    <section
      className={classes.field}
      data-quadrant={quadrant}
      aria-labelledby={titleId}
      style={{
        gridArea: quadrant,
        ['--field' as string]: `var(--quadrant-${quadrant})`,
        ['--field-ink' as string]: `var(--quadrant-${quadrant}-ink)`,
        ['--field-tint' as string]: `var(--quadrant-${quadrant}-tint)`,
      }}
    >
      <header className={classes.fieldHead}>
        <QuadrantIcon quadrant={quadrant} size={22} />
        <h3 id={titleId} className={classes.fieldName}>
          {name}
        </h3>
        {excerpts > 0 ? (
          <Link
            to={getScopePath({ quadrant, aspect: 'all', tag: 'all' })}
            className={classes.fieldPeople}
            title={`All ${formatCount(excerpts, 'excerpt')} in ${name}`}
          >
            {formatPeople(people, peopleTotal)}
          </Link>
        ) : null}
      </header>
      {excerpts === 0 ? (
        <p className={classes.nothing}>{question} Nothing heard yet.</p>
      ) : (
        <div className={classes.parts}>
          {listParts(field).map((part) => (
            <Part
              key={part.aspect}
              field={field}
              part={part}
              isSplit={aspects.length > 0}
              peopleTotal={peopleTotal}
              getScopePath={getScopePath}
            />
          ))}
        </div>
      )}
    </section>
  );
}
