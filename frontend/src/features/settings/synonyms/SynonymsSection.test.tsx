import { Notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Permissions, SynonymGroup } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { SynonymsSection } from './SynonymsSection';

const API = '*/api/workspaces/team/synonyms';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let asked: { method: string; id?: string; words?: string[] }[];
beforeEach(() => {
  asked = [];
});

const VISIT: SynonymGroup = { id: 'visit', words: ['appointment', 'visit'] };
const TAKEN = {
  message: '“visit” is in the group “appointment, visit” already.',
  remedy: 'Add the other words to that group.',
  fields: { words: ['“visit” is in the group “appointment, visit”.'] },
};

function open(groups: SynonymGroup[], permissions: Partial<Permissions> = {}) {
  const rows = [...groups];
  server.use(
    http.get(API, () => HttpResponse.json({ results: rows, most: 200 })),
    http.post(API, async ({ request }) => {
      const { words } = (await request.json()) as { words: string[] };
      asked.push({ method: 'POST', words });
      if (words.includes('visit') && rows.includes(VISIT)) {
        return HttpResponse.json(TAKEN, { status: 409 });
      }
      rows.push({ id: words[0], words });
      return HttpResponse.json(rows.at(-1), { status: 201 });
    }),
    http.patch(`${API}/:id`, async ({ request, params }) => {
      const { words } = (await request.json()) as { words: string[] };
      asked.push({ method: 'PATCH', id: String(params.id), words });
      rows[0] = { ...rows[0], words };
      return HttpResponse.json(rows[0]);
    }),
    http.delete(`${API}/:id`, ({ params }) => {
      asked.push({ method: 'DELETE', id: String(params.id) });
      rows.splice(0, 1);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return renderInApp(
    <>
      <Notifications />
      <SynonymsSection />
    </>,
    { permissions },
  );
}

const field = () => screen.findByLabelText('A new group', { selector: 'input' });
const groups = () => screen.findByRole('list', { name: /^Groups of words/ });

describe('words that mean the same', () => {
  it('teaches what they are for while there are none', async () => {
    open([]);
    expect(await screen.findByText(/^Nothing yet\./)).toHaveTextContent(
      'a search for one then finds the other',
    );
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
  });

  it('takes words one by one, the last without Enter', async () => {
    open([]);
    await userEvent.type(await field(), 'no show{Enter}missed visit,DNA');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() =>
      expect(asked).toEqual([{ method: 'POST', words: ['no show', 'missed visit', 'DNA'] }]),
    );
    expect(within(await groups()).getByText('missed visit')).toBeInTheDocument();
    expect(await field()).toHaveValue('');
  });

  it('keeps the words and says at the field why they were not taken', async () => {
    open([VISIT]);
    await userEvent.type(await field(), 'call,visit{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    const fault = await screen.findByText('“visit” is in the group “appointment, visit”.');
    expect(await field()).toHaveAccessibleDescription(expect.stringContaining('is in the group'));
    await userEvent.type(await field(), '{Backspace}');
    await waitFor(() => expect(fault).not.toBeInTheDocument());
  });

  it('changes a group where it stands', async () => {
    open([VISIT]);
    await userEvent.click(await screen.findByRole('button', { name: 'Change appointment, visit' }));
    const open_ = screen.getByLabelText(/^Words that mean the same as appointment/, {
      selector: 'input',
    });
    expect(open_).toHaveFocus();
    await userEvent.type(open_, 'check-up{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(asked).toEqual([
        { method: 'PATCH', id: 'visit', words: ['appointment', 'visit', 'check-up'] },
      ]),
    );
    expect(
      await screen.findByRole('button', { name: 'Change appointment, visit, check-up' }),
    ).toBeInTheDocument();
  });

  it('leaves a group as it was with Escape', async () => {
    open([VISIT]);
    await userEvent.click(await screen.findByRole('button', { name: 'Change appointment, visit' }));
    await userEvent.keyboard('{Backspace}{Escape}');
    expect(within(await groups()).getByText('visit')).toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it('brings back what was deleted', async () => {
    open([VISIT]);
    await userEvent.click(await screen.findByRole('button', { name: 'Delete appointment, visit' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(asked).toEqual([
        { method: 'DELETE', id: 'visit' },
        { method: 'POST', words: ['appointment', 'visit'] },
      ]),
    );
  });

  it('shows a dozen, and finds a word among the others', async () => {
    open(Array.from({ length: 14 }, (_, n) => ({ id: `${n}`, words: [`one${n}`, `two${n}`] })));
    expect(within(await groups()).getAllByRole('listitem')).toHaveLength(12);
    await userEvent.type(screen.getByLabelText(/^Find a word/), 'TWO13');
    expect(within(await groups()).getByRole('listitem')).toHaveTextContent('one13');
    await userEvent.clear(screen.getByLabelText(/^Find a word/));
    await userEvent.click(screen.getByRole('button', { name: 'Show all 14 groups' }));
    expect(within(await groups()).getAllByRole('listitem')).toHaveLength(14);
  });

  it('is only read by those who may not change research', async () => {
    open([VISIT], { may_edit_research: false });
    expect(await screen.findByText('appointment')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
