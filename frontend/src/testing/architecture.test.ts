/** The arrows between folders: app → features → evidence, memos → ui, api → lib. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Parts of app/ that a feature may use: what lives as long as the page does. */
const OPEN_APP_PARTS = ['jobs', 'keysHelp', 'player', 'uploads', 'workspace'].map(
  (part) => `@/app/${part}`,
);
/** The features that others may use: how evidence is shown, and what is noted on anything. */
const SHARED_FEATURES = ['evidence', 'memos'];

function listModules(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => join(folder, name));
}

function listImports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1]);
}

function mayImport(path: string, target: string): boolean {
  const [room, feature] = relative(ROOT, path).split('/');
  const inRoom = (name: string) => target === `@/${name}` || target.startsWith(`@/${name}/`);
  const climbs = target.startsWith('../..') && room !== 'api';
  if (climbs) return false;
  if (room === 'lib') return !target.startsWith('@/') || inRoom('lib');
  if (room === 'api') return !target.startsWith('@/') || inRoom('lib') || inRoom('api');
  if (room === 'ui') return !target.startsWith('@/') || inRoom('lib') || inRoom('ui');
  if (room !== 'features') return true;
  if (inRoom('app')) return OPEN_APP_PARTS.includes(target);
  if (!inRoom('features')) return true;
  return [feature, ...SHARED_FEATURES].includes(target.split('/')[2]);
}

describe('imports', () => {
  for (const room of ['lib', 'api', 'ui', 'features']) {
    it(`of ${room}/ follow the arrows`, () => {
      const broken = listModules(join(ROOT, room)).flatMap((path) =>
        listImports(path)
          .filter((target) => !mayImport(path, target))
          .map((target) => `${relative(ROOT, path)} → ${target}`),
      );
      expect(broken).toEqual([]);
    });
  }

  it('would find a feature that reaches into another', () => {
    const path = join(ROOT, 'features/search/SearchPage.tsx');
    expect(mayImport(path, '@/features/personas/PersonaPage')).toBe(false);
    expect(mayImport(path, '@/features/evidence')).toBe(true);
    expect(mayImport(path, '@/features/memos')).toBe(true);
    expect(mayImport(path, '@/app/router')).toBe(false);
    expect(mayImport(path, '@/app/player')).toBe(true);
  });
});
