import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionDetail, Source } from '@/api';
import { uploadStore } from '@/app/uploads';
import { makeNews } from '@/testing/makeHistory';
import { makeJob, makeSessionDetail, makeSource, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let asked: string[];
beforeEach(() => {
  asked = [];
  localStorage.clear();
});

const FILE: Source['imported_files'][number] = {
  id: 'file-1',
  name: 'call.vtt',
  format: 'vtt',
  size_bytes: 2048,
  transcript_id: 'transcript-1',
  skipped: [{ line: 12, reason: 'This time is not a time.' }],
  original_url: '/original',
};

async function open(session: Partial<SessionDetail> = {}) {
  const page = { count: 0, next: null, previous: null, results: [] };
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail(session))),
    http.get(`${API}/transcripts/transcript-1`, () => HttpResponse.json(makeTranscript())),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(`${API}/sessions/:sessionId/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(/./, () => HttpResponse.json(page)),
    http.post(/./, ({ request }) => {
      asked.push(new URL(request.url).pathname);
      return HttpResponse.json({});
    }),
  );
  const view = renderInApp(<SessionPage />, {
    at: '/w/team/sessions/session-1',
    route: '/w/:workspaceId/sessions/:sessionId',
  });
  await screen.findByRole('region', { name: 'Transcript' });
  return view;
}

describe('a transcript made elsewhere', () => {
  it('goes beside the recording', async () => {
    const start = vi.spyOn(uploadStore, 'start').mockResolvedValue();
    const { container } = await open();
    const input = container.querySelector<HTMLInputElement>('input[type="file"]');
    const file = new File(['WEBVTT'], 'call.vtt');
    await userEvent.upload(input as HTMLInputElement, file);
    await waitFor(() =>
      expect(start).toHaveBeenCalledWith(
        expect.objectContaining({ sessionId: 'session-1', besideId: 'source-1', file }),
      ),
    );
  });

  it('that is none is refused before anything is sent', async () => {
    const start = vi.spyOn(uploadStore, 'start').mockResolvedValue();
    const { container } = await open();
    const input = container.querySelector<HTMLInputElement>('input[type="file"]');
    await userEvent.upload(input as HTMLInputElement, new File(['x'], 'call.pdf'), {
      applyAccept: false,
    });
    expect(start).not.toHaveBeenCalled();
  });

  it('that could not be read says why and what to do, and can be left', async () => {
    const job = makeJob({
      id: 'job-9',
      kind: 'import_transcript',
      state: 'failed',
      title: 'call.vtt',
      error: { message: 'There is no text in it.', remedy: 'Export it again.' },
    });
    await open({ jobs: [job] });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('“call.vtt” could not be read.');
    expect(alert).toHaveTextContent('There is no text in it. Export it again.');
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked).toEqual(['/api/workspaces/team/jobs/job-9/retry']));
    await userEvent.click(within(alert).getByRole('button', { name: 'Leave it' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('is read while the recording’s own stages are left alone', async () => {
    await open({ jobs: [makeJob({ kind: 'import_transcript', title: 'call.vtt' })] });
    const list = await screen.findByRole('list', { name: 'Transcripts on their way in' });
    expect(list).toHaveTextContent('Reading “call.vtt”');
    expect(screen.queryByText('Recognise words')).not.toBeInTheDocument();
  });

  it('says by line what was left out, until that was seen', async () => {
    await open({ sources: [makeSource({ imported_files: [FILE] })] });
    expect(await screen.findByText(/^Read from “call.vtt”. 1 line left out/)).toBeInTheDocument();
    expect(screen.getByText('Line 12')).toBeInTheDocument();
    expect(screen.getByText('This time is not a time.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Close this notice' }));
    expect(screen.queryByText('Line 12')).not.toBeInTheDocument();
  });
});

describe('a text', () => {
  it('is taken away in five formats', async () => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Export' }));
    const items = await screen.findAllByRole('menuitem');
    expect(items.map((item) => item.getAttribute('href'))).toEqual(
      ['docx', 'txt', 'vtt', 'srt', 'json'].map(
        (format) => `/api/workspaces/team/transcripts/transcript-1/export?format=${format}`,
      ),
    );
  });
});
