/** Kinds of sessions and of files, in words. */

export const SESSION_KINDS = [
  { value: 'interview', label: 'Interview' },
  { value: 'focus_group', label: 'Focus group' },
  { value: 'observation', label: 'Observation' },
  { value: 'survey', label: 'Survey response' },
  { value: 'feedback', label: 'Feedback' },
  { value: 'advisory_board', label: 'Advisory board' },
] as const;

export function getSessionKindName(kind: string): string {
  return SESSION_KINDS.find((one) => one.value === kind)?.label ?? kind;
}

const LANGUAGE_CODES =
  'en de fr es it pt nl pl tr ru uk ar he hi zh ja ko sv da no fi cs el hu ro'.split(' ');

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });

export function getLanguageName(code: string): string {
  if (!code) return 'Found by listening';
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Choices for a language field; empty means that the recogniser finds out. */
export const LANGUAGES = [
  { value: '', label: 'Find out by listening' },
  ...LANGUAGE_CODES.map((code) => ({ value: code, label: getLanguageName(code) })),
];
