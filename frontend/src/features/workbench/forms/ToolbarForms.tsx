/** What opens in the toolbar at the chosen words: tags, persona, emotion, memo. */

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../MarkToolbar.module.css';
import type { MarkActions } from '../useMarkActions';
import { usePersonas, useTags } from '../useSessionData';
import { useEvidence } from '../workbench';
import { EmotionForm } from './EmotionForm';
import { MemoForm } from './MemoForm';
import { PersonaPicker } from './PersonaPicker';
import { listEmotions } from './strength';
import { TagPicker } from './TagPicker';

export type ToolbarForm = 'tags' | 'persona' | 'emotion' | 'memo' | null;

interface FormProps {
  actions: MarkActions;
  onClose: () => void;
}

function Tags({ actions, onClose }: FormProps) {
  return (
    <TagPicker
      tags={useTags()}
      chosen={actions.excerpt?.tags ?? []}
      onChange={actions.setTags}
      onClose={onClose}
      hasAutoFocus
    />
  );
}

function Persona({ actions, onClose }: FormProps) {
  const { personaId, proposed } = actions.persona;
  return (
    <PersonaPicker
      personas={usePersonas()}
      personaId={personaId}
      proposedId={proposed}
      onChoose={actions.setPersona}
      onClose={onClose}
    />
  );
}

function Emotion({ actions, onClose }: FormProps) {
  const { excerpts } = useEvidence();
  return (
    <EmotionForm
      placings={actions.excerpt?.placings ?? []}
      emotions={listEmotions(excerpts)}
      onSave={actions.setFeeling}
      onClose={onClose}
    />
  );
}

const BODIES: Record<Exclude<ToolbarForm, null>, (props: FormProps) => ReactNode> = {
  tags: Tags,
  persona: Persona,
  emotion: Emotion,
  memo: MemoForm,
};

const TITLES = { tags: 'Tags', persona: 'Persona', emotion: 'Emotion', memo: 'Memo' };

export function ToolbarFormBody({ form, ...props }: FormProps & { form: ToolbarForm }) {
  const Body = form ? BODIES[form] : undefined;
  if (!form || !Body) return null;
  return (
    <div className={classes.body}>
      <div className={classes.sheetHead}>
        <span>{TITLES[form]}</span>
        <Button size="compact-sm" variant="subtle" onClick={props.onClose}>
          Done
        </Button>
      </div>
      <Body {...props} />
    </div>
  );
}
