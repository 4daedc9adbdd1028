/** What a memo is about, as a link to the very place. */

import { Link } from 'react-router';
import type { MemoSubject } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatDuration } from '@/lib/time';
import classes from './Memos.module.css';
import { formatSubject, getSubjectPath, SUBJECT_KINDS } from './subjects';

interface SubjectLinkProps {
  subject: MemoSubject;
  /** Leaves out the session and study that the page around it shows. */
  isShort?: boolean;
  onLeave?: () => void;
}

export function SubjectLink({ subject, isShort, onLeave }: SubjectLinkProps) {
  const { id } = useWorkspace();
  const { name, Icon } = SUBJECT_KINDS[subject.kind];
  const path = getSubjectPath(id, subject);
  const where = [
    subject.session_title !== subject.title && !isShort ? subject.session_title : '',
    subject.start_ms === null ? '' : formatDuration(subject.start_ms),
    subject.study_title !== subject.title && !isShort ? subject.study_title : '',
  ].filter(Boolean);
  return (
    <div className={classes.subject}>
      <Icon size={15} stroke={1.7} aria-hidden className={classes.subjectIcon} />
      <span className="only-for-screen-readers">{name}: </span>
      {path ? (
        <Link to={path} className={classes.subjectTitle} onClick={onLeave} dir="auto">
          {formatSubject(subject)}
        </Link>
      ) : (
        <span className={classes.subjectTitle} data-is-gone dir="auto">
          {formatSubject(subject)}
          {subject.is_gone ? <span className={classes.gone}>no longer there</span> : null}
        </span>
      )}
      {where.length ? <span className={classes.where}>{where.join(' · ')}</span> : null}
    </div>
  );
}
