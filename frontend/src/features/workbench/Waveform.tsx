/** The whole recording at a glance: loudness, excerpts, and where one is; a click goes there. */

import { useQuery } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { keys, readPeaks } from '@/api';
import { playerStore, usePlayerPosition } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { formatDuration } from '@/lib/time';
import { getMainQuadrant, type Mark } from './marks';
import classes from './Waveform.module.css';
import { fitPeaks } from './waveformDrawing';

const BAR_PX = 2;
const GAP_PX = 1;
const STRIPE_PX = 4;

interface WaveformProps {
  sourceId: string;
  durationMs: number;
  marks: readonly Mark[];
  /** Where the page stands while this recording isn't in the player. */
  restMs: number;
  onSeek: (positionMs: number) => void;
  onExcerpt: (excerptId: string) => void;
}

const NO_PEAKS: readonly number[] = [];

type Palette = (name: string) => string;

/** Colours of the theme as they are now, each looked up once. */
function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  return (name) => {
    const colour = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, colour);
    return colour;
  };
}

interface Drawing {
  peaks: readonly number[];
  marks: readonly Mark[];
  durationMs: number;
  positionMs: number;
}

function drawBars(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  palette: Palette,
  { width, height }: { width: number; height: number },
) {
  const { peaks, durationMs, positionMs } = drawing;
  const columns = Math.floor(width / (BAR_PX + GAP_PX));
  const playedColumns = durationMs ? (positionMs / durationMs) * columns : 0;
  const [played, rest] = [palette('--accent'), palette('--wave-rest')];
  fitPeaks(peaks, columns).forEach((peak, column) => {
    const barHeight = Math.max(1, peak * height);
    context.fillStyle = column < playedColumns ? played : rest;
    context.fillRect(column * (BAR_PX + GAP_PX), (height - barHeight) / 2, BAR_PX, barHeight);
  });
}

function drawExcerpts(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  palette: Palette,
  { width, top }: { width: number; top: number },
) {
  const { marks, durationMs } = drawing;
  for (const { excerpt } of marks) {
    if (excerpt.start_ms === null || excerpt.end_ms === null || !durationMs) continue;
    const quadrant = getMainQuadrant(excerpt);
    const left = (excerpt.start_ms / durationMs) * width;
    const length = ((excerpt.end_ms - excerpt.start_ms) / durationMs) * width;
    context.fillStyle = palette(quadrant ? `--quadrant-${quadrant}` : '--mantine-color-dimmed');
    context.globalAlpha = 0.14;
    context.fillRect(left, 0, Math.max(3, length), top);
    context.globalAlpha = 1;
    context.fillRect(left, top, Math.max(3, length), STRIPE_PX);
  }
}

interface Size {
  width: number;
  height: number;
}

function draw(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
  drawing: Drawing,
  palette: Palette,
) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  context.scale(density, density);
  const barsHeight = height - STRIPE_PX - 2;
  drawExcerpts(context, drawing, palette, { width, top: barsHeight + 2 });
  drawBars(context, drawing, palette, { width, height: barsHeight });
  if (!drawing.durationMs) return;
  context.fillStyle = palette('--accent');
  context.fillRect((drawing.positionMs / drawing.durationMs) * width - 0.5, 0, 1.5, height);
}

/** The position in this recording; renders at most a few times a second. */
export function useSourcePosition(sourceId: string, restMs: number, stepMs = 250): number {
  const positionMs = usePlayerPosition(stepMs);
  return playerStore.getState().track?.sourceId === sourceId ? positionMs : restMs;
}

function useDrawing(props: WaveformProps, peaks: readonly number[]) {
  const { sourceId, durationMs, marks, restMs } = props;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const positionMs = useSourcePosition(sourceId, restMs, 100);
  // Size and colours are known, not asked for: asking lays out whatever text has just come.
  const size = useRef<Size | null>(null);
  const palette = useRef<Palette | null>(null);
  const latest = useRef<Drawing | null>(null);
  const redraw = useCallback(() => {
    if (!canvasRef.current || !size.current || !latest.current) return;
    palette.current ??= readPalette();
    draw(canvasRef.current, size.current, latest.current, palette.current);
  }, []);
  useEffect(() => {
    latest.current = { peaks, marks, durationMs, positionMs };
    redraw();
  }, [redraw, peaks, marks, durationMs, positionMs]);
  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) return;
    const sizes = new ResizeObserver(([{ contentRect }]) => {
      size.current = contentRect;
      redraw();
    });
    sizes.observe(canvas);
    const schemes = new MutationObserver(() => {
      palette.current = null;
      redraw();
    });
    schemes.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      sizes.disconnect();
      schemes.disconnect();
    };
  }, [redraw]);
  return { canvasRef, positionMs };
}

export function Waveform(props: WaveformProps) {
  const { sourceId, durationMs, marks, onSeek, onExcerpt } = props;
  const { id } = useWorkspace();
  const { data } = useQuery({
    queryKey: keys.peaks(id, sourceId),
    queryFn: () => readPeaks(id, sourceId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [hoverMs, setHoverMs] = useState<number | null>(null);
  const { canvasRef, positionMs } = useDrawing(props, data?.peaks ?? NO_PEAKS);

  const getPlace = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return { atMs: share * durationMs, isOnStripes: event.clientY > box.bottom - STRIPE_PX - 5 };
  };
  const go = (event: PointerEvent) => {
    const { atMs, isOnStripes } = getPlace(event);
    const mark = marks.find(
      ({ excerpt }) => (excerpt.start_ms ?? 1) <= atMs && (excerpt.end_ms ?? 0) >= atMs,
    );
    if (isOnStripes && mark) onExcerpt(mark.excerpt.id);
    else onSeek(atMs);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -5000, ArrowRight: 5000, Home: -Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    onSeek(Math.min(durationMs, Math.max(0, positionMs + steps[event.key])));
  };
  return (
    <div
      className={classes.wave}
      role="slider"
      tabIndex={0}
      aria-label="Position in the recording"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={`${formatDuration(positionMs)} of ${formatDuration(durationMs)}`}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        setHoverMs(getPlace(event).atMs);
        if (event.buttons === 1) onSeek(getPlace(event).atMs);
      }}
      onPointerLeave={() => setHoverMs(null)}
    >
      <canvas ref={canvasRef} className={classes.canvas} />
      {hoverMs === null ? null : (
        <span className={classes.hover} style={{ left: `${(hoverMs / durationMs) * 100}%` }}>
          {formatDuration(hoverMs)}
        </span>
      )}
    </div>
  );
}
