import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLinkIntent } from './useLinkIntent';

let asked: string[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url).pathname.replace('/api/workspaces/team', ''));
    return Promise.resolve(Response.json({ count: 0, results: [] }));
  });
});
afterEach(() => vi.unstubAllGlobals());

function List() {
  useLinkIntent();
  return (
    <>
      <a href="/w/team/sessions/session-7">
        <b>Interview</b>
      </a>
      <a href="/w/team/studies/study-1">Study</a>
    </>
  );
}

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <List />
    </QueryClientProvider>,
  );

describe('a link to a session', () => {
  it('is begun when a pointer rests on it', async () => {
    show();
    fireEvent.pointerOver(screen.getByText('Interview'));
    await vi.waitFor(() => expect(asked).toHaveLength(3), 20_000);
    expect(asked.toSorted()).toEqual([
      '/excerpts',
      '/sessions/session-7',
      '/sessions/session-7/transcript',
    ]);
  });

  it('is left alone by a pointer that passes by', () => {
    vi.useFakeTimers();
    show();
    fireEvent.pointerOver(screen.getByText('Interview'));
    fireEvent.pointerOver(screen.getByText('Study'));
    vi.runAllTimers();
    vi.useRealTimers();
    expect(asked).toEqual([]);
  });
});
