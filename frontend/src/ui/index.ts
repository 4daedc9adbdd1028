/** Components that know nothing of research. */

export { Duration } from './Duration';
export { EditableText } from './EditableText';
export { EmptyState } from './EmptyState';
export { ErrorNotice } from './ErrorNotice';
export { ChooseFileButton, PageDrop } from './FileDrop';
export { Loading } from './Loading';
export { notifyDone, notifyFailure, notifyWithAction, notifyWithUndo } from './notify';
export { PageBody } from './PageBody';
export { PageHeader } from './PageHeader';
export { formatPeople, PeopleCount } from './PeopleCount';
export { PersonPicture } from './PersonPicture';
export { PickList, type PickOption } from './PickList';
export { PlayButton } from './PlayButton';
export { QuadrantBadge } from './QuadrantBadge';
export { QuadrantIcon } from './QuadrantIcon';
export { RelativeTime } from './RelativeTime';
export { TagBadge } from './TagBadge';
export { Wordmark } from './Wordmark';
