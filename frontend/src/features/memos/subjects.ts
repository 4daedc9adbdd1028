/** What memos are about: how the kinds are called, and where each thing is found. */

import {
  IconBulb,
  IconFolder,
  IconMicrophone,
  IconQuote,
  IconTag,
  IconTextCaption,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import type { MemoSubject, MemoSubjectKind } from '@/api';
import { paths } from '@/lib/paths';

export const SUBJECT_KINDS: Record<MemoSubjectKind, { name: string; Icon: typeof IconTag }> = {
  excerpt: { name: 'Excerpt', Icon: IconQuote },
  segment: { name: 'Passage', Icon: IconTextCaption },
  session: { name: 'Session', Icon: IconMicrophone },
  study: { name: 'Study', Icon: IconFolder },
  tag: { name: 'Tag', Icon: IconTag },
  participant: { name: 'Participant', Icon: IconUser },
  persona: { name: 'Persona', Icon: IconUsers },
  insight: { name: 'Insight', Icon: IconBulb },
};

const IS_QUOTE: ReadonlySet<MemoSubjectKind> = new Set(['excerpt', 'segment']);

/** The title as it is read: words that were said stand in quotes. */
export function formatSubject(subject: MemoSubject): string {
  return IS_QUOTE.has(subject.kind) && !subject.is_gone ? `“${subject.title}”` : subject.title;
}

/** The address of the very place, or null where there is nothing to open any more. */
export function getSubjectPath(workspaceId: string, subject: MemoSubject): string | null {
  if (subject.is_gone) return null;
  const { id, session_id: sessionId, study_id: studyId } = subject;
  switch (subject.kind) {
    case 'excerpt':
      return paths.session(workspaceId, sessionId ?? '', { excerpt: id });
    case 'segment':
      return paths.session(workspaceId, sessionId ?? '', {
        source: subject.source_id ?? undefined,
        word: subject.word_id ?? undefined,
      });
    case 'session':
      return paths.session(workspaceId, id);
    case 'study':
      return paths.study(workspaceId, id);
    case 'participant':
      return studyId ? paths.study(workspaceId, studyId) : null;
    case 'tag':
      return paths.codebook(workspaceId, id);
    case 'persona':
      return paths.persona(workspaceId, id);
    case 'insight':
      return paths.insight(workspaceId, id);
  }
}
