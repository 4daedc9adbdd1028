import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { run as runAxe } from 'axe-core';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Claim, EmpathyMap, PersonaDetail } from '@/api';
import { makeExcerpt, makeInsight, makeTheme } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { PersonaPage } from './PersonaPage';

const API = '/api/workspaces/team';
const page = (results: unknown[]) => ({ count: 9, next: null, previous: null, results });

const MAP: EmpathyMap = {
  persona_id: 'maya',
  people_total: 4,
  excerpt_count: 12,
  study_count: 1,
  newest_at: '2026-11-02T09:00:00Z',
  quadrants: [
    {
      quadrant: 'pain',
      people: 3,
      excerpts: 7,
      aspects: [
        {
          aspect: '',
          people: 3,
          excerpts: 7,
          themes: [
            makeTheme({ tag_id: 'loud', name: 'One loud voice', people: 1, excerpts: 5 }),
            makeTheme({ tag_id: 'wait', name: 'Waiting', people: 3, excerpts: 3 }),
          ],
        },
      ],
    },
    {
      quadrant: 'say_do',
      people: 1,
      excerpts: 1,
      aspects: [
        { aspect: 'say', people: 1, excerpts: 1, themes: [makeTheme({ people: 1, excerpts: 1 })] },
      ],
    },
  ],
};

const assumption: Claim = {
  id: 'claim-1',
  section: 'goals',
  text: 'Wants to be rung.',
  is_assumption: true,
  evidence: [],
};
let claims: Claim[] = [];
let asked: URLSearchParams[] = [];

const makePersona = (): PersonaDetail => ({
  id: 'maya',
  name: 'Maya Lindqvist',
  summary: 'A working parent.',
  picture_url: null,
  people_count: 3,
  excerpt_count: 12,
  insight_count: 1,
  newest_at: '2026-11-02T09:00:00Z',
  story: [{ section: 'goals', claims }],
  people: [{ id: 'p03', code_name: 'P03', real_name: null, persona_id: 'maya' }],
  insights: [makeInsight()],
});

const server = setupServer(
  http.get(`${API}/personas/maya`, () => HttpResponse.json(makePersona())),
  http.get(`${API}/personas/maya/map`, ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json(MAP);
  }),
  http.get(`${API}/studies`, () => HttpResponse.json(page([]))),
  http.get(`${API}/insights`, () => HttpResponse.json(page([]))),
  http.get(`${API}/memos`, () => HttpResponse.json(page([]))),
  http.get(`${API}/members`, () => HttpResponse.json([])),
  http.get(`${API}/participants`, () => HttpResponse.json(page([]))),
  http.get(`${API}/excerpts`, ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json({ ...page([makeExcerpt()]), count: 3, people: 3 });
  }),
  http.post(`${API}/personas/maya/claims`, async ({ request }) => {
    const { text } = (await request.json()) as { text: string };
    const claim = { ...assumption, id: `claim-${claims.length + 1}`, text };
    claims = [...claims, claim];
    return HttpResponse.json(claim, { status: 201 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  claims = [assumption];
  asked = [];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const show = (at = '/w/team/personas/maya', permissions = {}) =>
  renderInApp(<PersonaPage />, { at, permissions, route: '/w/team/personas/:personaId' });
const field = (name: string) => screen.findByRole('region', { name });

describe('Persona', () => {
  it('has a map whose themes are ranked by people, not by how often one spoke', async () => {
    show();
    const pains = within(await field('Pains'));
    const themes = pains.getAllByRole('listitem').map((theme) => theme.textContent);
    expect(themes[0]).toContain('Waiting');
    expect(themes[0]).toContain('3 of 4 people');
    expect(themes[1]).toContain('One loud voice');
    expect(pains.getAllByRole('button', { name: 'Play P03 at 0:12' })).toHaveLength(2);
  });

  it('keeps what is said and what is done apart', async () => {
    show();
    const sayDo = within(await field('Say & Do'));
    expect(sayDo.getByRole('heading', { name: 'Say' })).toBeVisible();
    expect(sayDo.getByRole('heading', { name: 'Do' })).toBeVisible();
    expect(sayDo.getByText('Nothing heard yet.')).toBeVisible();
  });

  it('opens the excerpts behind a theme, and says so in the address', async () => {
    const { router } = show();
    const pains = within(await field('Pains'));
    await userEvent.click(pains.getByRole('link', { name: 'Waiting' }));
    const list = within(await screen.findByRole('dialog', { name: /Pains: Waiting/ }));
    expect(await list.findByText('3 excerpts from 3 of 4 people')).toBeVisible();
    expect(router.state.location.search).toBe('?show=pain.none.wait');
    expect(Object.fromEntries(asked.at(-1)!)).toMatchObject({
      persona: 'maya',
      quadrant: 'pain',
      aspect: 'none',
      tag: 'wait',
    });
  });

  it('can be narrowed to a study by its address', async () => {
    show('/w/team/personas/maya?study=study-1');
    await field('Pains');
    expect(asked[0].get('study')).toBe('study-1');
  });

  it('marks what nobody was heard saying as an assumption', async () => {
    claims = [
      assumption,
      {
        ...assumption,
        id: 'claim-2',
        text: 'Keeps a paper calendar.',
        is_assumption: false,
        evidence: [{ id: 'e1', stance: 'for', excerpt: makeExcerpt() }],
      },
    ];
    show();
    const goals = within(await field('Goals'));
    expect(goals.getByRole('button', { name: 'Assumption' })).toBeVisible();
    await userEvent.click(await goals.findByRole('button', { name: '1 of 9 people' }));
    const list = within(await screen.findByRole('dialog', { name: 'Keeps a paper calendar.' }));
    expect(list.getByText(/The reminder came/)).toBeVisible();
  });

  it('takes a new sentence where it belongs', async () => {
    show();
    await field('Goals');
    await userEvent.click(screen.getByRole('button', { name: 'Add a sentence to Goals' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Goals' }), 'Be heard.');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Be heard.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Goals' })).toBeNull());
  });

  it('shows no pencils to those who may only read', async () => {
    show(undefined, { may_edit_research: false, may_write_insights: false });
    await field('Goals');
    expect(screen.queryByRole('button', { name: /Edit|Add|Unlink|Take|picture/ })).toBeNull();
  });

  it('has nothing that axe objects to', async () => {
    const { container } = show();
    await field('Pains');
    const { violations } = await runAxe(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map((violation) => violation.id)).toEqual([]);
  });
});
