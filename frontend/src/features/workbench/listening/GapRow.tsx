/** What stands in the text where there are no words: what failed, what is withheld, a long pause. */

import { formatDuration } from '@/lib/time';
import rowClasses from '../Transcript.module.css';
import classes from './Listening.module.css';
import { formatPause, type Pause } from './pauses';

interface GapRowProps {
  index: number;
  startMs: number | null;
  endMs: number | null;
  onPlayFrom: (startMs: number) => void;
}

export function GapRow({ index, startMs, endMs, onPlayFrom }: GapRowProps) {
  const from = startMs === null ? '' : formatDuration(startMs);
  const to = endMs === null ? '' : `–${formatDuration(endMs)}`;
  return (
    <div className={rowClasses.row} data-begins-turn>
      <div className={rowClasses.margin}>
        {startMs === null ? null : (
          <button
            type="button"
            className={rowClasses.time}
            onClick={() => onPlayFrom(startMs)}
            aria-label={`Play what could not be recognised, from ${from}`}
          >
            {from}
          </button>
        )}
      </div>
      <p className={classes.gap} data-segment={index}>
        {`Missing text: ${from}${to} could not be recognised`}
      </p>
    </div>
  );
}

/** Where somebody spoke who took back their consent. */
export function WithheldRow({ index, name }: { index: number; name: string }) {
  return (
    <div className={rowClasses.row} data-begins-turn>
      <div className={rowClasses.margin} />
      <p className={classes.gap} data-segment={index}>
        {`Not shown: ${name} took back their consent.`}
      </p>
    </div>
  );
}

export function PauseRow({ pause }: { pause: Pause }) {
  return (
    <div className={rowClasses.row}>
      <div className={rowClasses.margin} />
      <p className={classes.pause}>— {formatPause(pause.durationMs)} —</p>
    </div>
  );
}
