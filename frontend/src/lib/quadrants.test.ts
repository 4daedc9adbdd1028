import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getNextAspect, getPlacingName, getQuadrantByKey, QUADRANTS } from './quadrants';

const CSS = readFileSync(join(import.meta.dirname, '../ui/theme.css'), 'utf8');
const [LIGHT, DARK] = CSS.split("[data-mantine-color-scheme='dark']");

function readColour(css: string, name: string): string {
  const found = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css);
  if (!found) throw new Error(`theme.css has no --${name}.`);
  return found[1];
}

/** Relative luminance by WCAG 2. */
function getLuminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function getContrast(a: string, b: string): number {
  const [dark, light] = [getLuminance(a), getLuminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

describe('colours of the quadrants', () => {
  for (const { id } of QUADRANTS) {
    it.each([
      ['light', LIGHT],
      ['dark', DARK],
    ])(`of ${id} can be read in the %s theme`, (_, css) => {
      const surface = readColour(css, 'surface');
      const tint = readColour(css, `quadrant-${id}-tint`);
      expect(getContrast(readColour(css, `quadrant-${id}`), surface)).toBeGreaterThanOrEqual(4.5);
      expect(getContrast(readColour(css, `quadrant-${id}-ink`), tint)).toBeGreaterThanOrEqual(4.5);
    });
  }

  it('are those of the palette found for colour-blind eyes', () => {
    const colours = QUADRANTS.map(({ id }) => readColour(LIGHT, `quadrant-${id}`).toUpperCase());
    expect(colours).toEqual(['#500279', '#0B6BFF', '#573403', '#18594B', '#E3252D', '#078470']);
  });
});

describe('keys', () => {
  it('are 1 to 6 in reading order', () => {
    expect(QUADRANTS.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(getQuadrantByKey('5')?.id).toBe('pain');
    expect(getQuadrantByKey('7')).toBeUndefined();
  });
});

describe('aspects', () => {
  it('go from either to the first side and then back and forth', () => {
    expect(getNextAspect('think_feel', '')).toBe('think');
    expect(getNextAspect('think_feel', 'think')).toBe('feel');
    expect(getNextAspect('think_feel', 'feel')).toBe('think');
    expect(getNextAspect('say_do', 'say')).toBe('do');
    expect(getNextAspect('pain', '')).toBe('');
  });

  it('name a placing more closely than its quadrant', () => {
    expect(getPlacingName('say_do', 'do')).toBe('Do');
    expect(getPlacingName('say_do', '')).toBe('Say & Do');
  });
});
