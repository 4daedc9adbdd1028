import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { run as runAxe } from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { playerStore } from '@/app/player';
import { makeExcerpt, makePlacing } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { ExcerptCard } from './ExcerptCard';

describe('ExcerptCard', () => {
  it('shows the words, who said them, where, and as what', () => {
    renderInApp(
      <ExcerptCard
        excerpt={makeExcerpt({
          is_key_quote: true,
          placings: [makePlacing({ quadrant: 'think_feel', aspect: 'feel', emotion: 'ashamed' })],
        })}
      />,
    );
    expect(screen.getByText(/reminder came a day late/)).toBeVisible();
    expect(screen.getByText('P03')).toBeVisible();
    expect(screen.getByText(/Feel/)).toHaveTextContent('Feel · ashamed');
    expect(screen.getByText('reminders')).toBeVisible();
    expect(screen.getByText('2 Nov 2026')).toBeVisible();
    expect(screen.getByText('Key quote:')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Maya Lindqvist/ })).toHaveAttribute(
      'href',
      '/w/team/personas/maya',
    );
  });

  it('leads to the excerpt in its transcript', () => {
    renderInApp(<ExcerptCard excerpt={makeExcerpt()} />);
    expect(screen.getByRole('link', { name: /Interview with a parent at 0:12/ })).toHaveAttribute(
      'href',
      '/w/team/sessions/session-1?excerpt=excerpt-1',
    );
  });

  it('marks the words that matched, counted in code points', () => {
    const excerpt = makeExcerpt({ text: '😀 late again' });
    const { container } = renderInApp(<ExcerptCard excerpt={excerpt} highlights={[[2, 6]]} />);
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'late',
    ]);
  });

  it('plays from two seconds before the words', async () => {
    const play = vi.spyOn(playerStore, 'play').mockImplementation(() => {});
    renderInApp(<ExcerptCard excerpt={makeExcerpt({ start_ms: 12_000 })} />);
    await userEvent.click(screen.getByRole('button', { name: 'Play P03 at 0:12' }));
    expect(play).toHaveBeenCalledWith(expect.objectContaining({ startMs: 10_000 }));
  });

  it('says so where there is no recording', () => {
    renderInApp(<ExcerptCard excerpt={makeExcerpt({ has_audio: false, start_ms: null })} />);
    expect(screen.queryByRole('button', { name: /Play/ })).toBeNull();
    expect(screen.getByText('Written notes, no recording')).toBeInTheDocument();
  });

  it('can be selected', async () => {
    const onToggle = vi.fn();
    renderInApp(
      <ExcerptCard excerpt={makeExcerpt()} selection={{ isSelected: false, onToggle }} />,
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select what P03 said' }));
    expect(onToggle).toHaveBeenCalledOnce();
  });

  it('has nothing that axe objects to', async () => {
    const { container } = renderInApp(
      <main>
        <ExcerptCard
          excerpt={makeExcerpt()}
          highlights={[[4, 12]]}
          selection={{ isSelected: true, onToggle: () => {} }}
        />
      </main>,
    );
    const { violations } = await runAxe(container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map((violation) => violation.id)).toEqual([]);
  });
});
