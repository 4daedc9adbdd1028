/** The person in the middle of the map. */

import { FileButton, Text, UnstyledButton } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type EmpathyMap, type PersonaDetail, setPersonaPicture } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople, PersonPicture, RelativeTime } from '@/ui';
import classes from './PersonaPage.module.css';

interface PersonaHeadProps {
  persona: PersonaDetail;
  map: EmpathyMap | undefined;
}

const PICTURE_SIZE_PX = 148;

function Picture({ persona }: { persona: PersonaDetail }) {
  const { id, permissions } = useWorkspace();
  const refresh = useFreshEvidence();
  const uploading = useMutation({
    mutationFn: (file: File) => setPersonaPicture(id, persona.id, file),
    onSettled: () => void refresh(),
  });
  const picture = (
    <PersonPicture name={persona.name} pictureUrl={persona.picture_url} sizePx={PICTURE_SIZE_PX} />
  );
  if (!permissions.may_edit_research) return <div className={classes.picture}>{picture}</div>;
  return (
    <>
      <FileButton
        accept="image/png,image/jpeg,image/webp"
        onChange={(file) => file && uploading.mutate(file)}
      >
        {(props) => (
          <UnstyledButton {...props} className={classes.picture} aria-busy={uploading.isPending}>
            {picture}
            <span className={classes.camera} aria-hidden>
              <IconCamera size={18} />
            </span>
            <span className="only-for-screen-readers">
              {persona.picture_url ? 'Change' : 'Add'} the picture of {persona.name}
            </span>
          </UnstyledButton>
        )}
      </FileButton>
      {uploading.error ? (
        <ErrorNotice error={uploading.error} title="The picture was not changed." />
      ) : null}
    </>
  );
}

export function PersonaHead({ persona, map }: PersonaHeadProps) {
  return (
    <div className={classes.head}>
      <Picture persona={persona} />
      <Text fw={650} className={classes.headName}>
        {persona.name}
      </Text>
      {map ? (
        <Text size="sm" className={classes.headFacts}>
          {formatPeople(map.people_total)} heard
          <br />
          {formatCount(map.excerpt_count, 'excerpt')} in{' '}
          {formatCount(map.study_count, 'study', 'studies')}
          {map.newest_at ? (
            <>
              <br />
              newest <RelativeTime time={map.newest_at} />
            </>
          ) : null}
        </Text>
      ) : null}
    </div>
  );
}
