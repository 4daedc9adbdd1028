/** The notes of a session: new ones, or those of a source again. */

import { useQuery } from '@tanstack/react-query';
import { readNotes } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice, Loading } from '@/ui';
import { NotesEditor } from './NotesEditor';
import { useNotesWriting } from './useNotesWriting';

interface NewNotesProps {
  sessionId: string;
  onSaved: (sourceId: string) => void;
  onClose?: () => void;
}

const NOTHING = { title: '', text: '' };

export function NewNotes({ sessionId, onSaved, onClose }: NewNotesProps) {
  const writing = useNotesWriting({ sessionId, saved: NOTHING, onSaved });
  return <NotesEditor writing={writing} heading="Write field notes" onClose={onClose} />;
}

interface EditNotesProps extends NewNotesProps {
  sourceId: string;
}

function LoadedNotes(props: EditNotesProps & { saved: { title: string; text: string } }) {
  const writing = useNotesWriting(props);
  return <NotesEditor writing={writing} heading="Edit the field notes" onClose={props.onClose} />;
}

export function EditNotes(props: EditNotesProps) {
  const { id } = useWorkspace();
  const { data, error, refetch } = useQuery({
    queryKey: [id, 'notes', props.sourceId],
    queryFn: () => readNotes(id, props.sourceId),
    // What is typed must not be measured by a text that changes meanwhile.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (error) {
    return (
      <ErrorNotice
        title="The notes could not be opened."
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Loading label="Opening the notes" />;
  return <LoadedNotes {...props} saved={data} />;
}
