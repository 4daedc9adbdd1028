/** Seven steps from −3 to +3, one of which can be chosen, by pointer, arrows or digits. */

import { type KeyboardEvent, type Ref, useRef } from 'react';
import type { Placing } from '@/api';
import { formatStrength, getStrengthWord, STRENGTHS } from '@/lib/strengths';
import classes from './EmotionForm.module.css';
import { changeStrength } from './strength';

interface StrengthChoiceProps {
  value: number | null;
  quadrant?: Placing['quadrant'];
  onChange: (value: number | null) => void;
  groupRef?: Ref<HTMLDivElement>;
}

export function StrengthChoice({ value, quadrant, onChange, groupRef }: StrengthChoiceProps) {
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const press = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const next = isPlain ? changeStrength(value, event.key, quadrant) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next);
    buttons.current.get(next)?.focus();
  };
  return (
    <div>
      <div
        ref={groupRef}
        role="radiogroup"
        aria-label="How strong, from −3 to +3"
        className={classes.strengths}
        onKeyDown={press}
      >
        {STRENGTHS.map(({ value: step, word }) => (
          // biome-ignore lint/a11y/useSemanticElements: this choice can be taken back by a click
          <button
            key={step}
            ref={(button) => {
              if (button) buttons.current.set(step, button);
            }}
            type="button"
            role="radio"
            aria-checked={value === step}
            aria-label={`${formatStrength(step)}: ${word}`}
            title={word}
            tabIndex={step === (value ?? 0) ? 0 : -1}
            className={classes.strength}
            data-sign={Math.sign(step)}
            onClick={() => onChange(value === step ? null : step)}
          >
            {formatStrength(step)}
          </button>
        ))}
      </div>
      <p className={classes.word} aria-hidden>
        {getStrengthWord(value)}
      </p>
    </div>
  );
}
