/** What is noted on anything; a feature that others may import. */

export { MemoComposer } from './MemoComposer';
export { MemoCount } from './MemoCount';
export { MemoSection } from './MemoSection';
export { MemoThread } from './MemoThread';
export { MentionBell } from './MentionBell';
export { SessionMemos } from './SessionMemos';
export { SubjectLink } from './SubjectLink';
export { type SubjectRef, useMemoChanges, useMemoCounts } from './useMemos';
