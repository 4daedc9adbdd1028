/** The six quadrants of an empathy map: names, keys and aspects, in reading order. */

export type QuadrantId = 'think_feel' | 'say_do' | 'hear' | 'see' | 'pain' | 'gain';
export type Aspect = '' | 'think' | 'feel' | 'say' | 'do';

export interface Quadrant {
  id: QuadrantId;
  name: string;
  /** The number key that places the selected words here. */
  key: string;
  /** Empty where the quadrant isn't split; otherwise the two sides that are kept apart. */
  aspects: readonly Aspect[];
  question: string;
}

export const QUADRANTS: readonly Quadrant[] = [
  {
    id: 'think_feel',
    name: 'Think & Feel',
    key: '1',
    aspects: ['think', 'feel'],
    question: 'What really counts for them, and how does it feel?',
  },
  {
    id: 'say_do',
    name: 'Say & Do',
    key: '2',
    aspects: ['say', 'do'],
    question: 'What do they say, and what do they do?',
  },
  {
    id: 'hear',
    name: 'Hear',
    key: '3',
    aspects: [],
    question: 'What do they hear from the people around them?',
  },
  {
    id: 'see',
    name: 'See',
    key: '4',
    aspects: [],
    question: 'What do they see around them?',
  },
  {
    id: 'pain',
    name: 'Pains',
    key: '5',
    aspects: [],
    question: 'What stands in their way?',
  },
  {
    id: 'gain',
    name: 'Gains',
    key: '6',
    aspects: [],
    question: 'What do they hope for?',
  },
];

const BY_ID = new Map(QUADRANTS.map((quadrant) => [quadrant.id, quadrant]));

export function getQuadrant(id: QuadrantId): Quadrant {
  const quadrant = BY_ID.get(id);
  if (!quadrant) throw new Error(`There is no quadrant called ${id}.`);
  return quadrant;
}

export function getQuadrantByKey(key: string): Quadrant | undefined {
  return QUADRANTS.find((quadrant) => quadrant.key === key);
}

const ASPECT_NAMES: Record<Aspect, string> = {
  '': '',
  think: 'Think',
  feel: 'Feel',
  say: 'Say',
  do: 'Do',
};

/** The word people read: the aspect where one is chosen ("Say"), else the quadrant ("Say & Do"). */
export function getPlacingName(id: QuadrantId, aspect: Aspect): string {
  return ASPECT_NAMES[aspect] || getQuadrant(id).name;
}

/** What pressing the quadrant's key again does: think ↔ feel, say ↔ do; others have no aspect. */
export function getNextAspect(id: QuadrantId, aspect: Aspect): Aspect {
  const { aspects } = getQuadrant(id);
  if (aspects.length === 0) return '';
  return aspect === aspects[0] ? aspects[1] : aspects[0];
}

/** CSS colours: `colour` for stripes and icons, `ink` for words on `tint`. */
export function getQuadrantColours(id: QuadrantId) {
  return {
    colour: `var(--quadrant-${id})`,
    ink: `var(--quadrant-${id}-ink)`,
    tint: `var(--quadrant-${id}-tint)`,
  };
}
