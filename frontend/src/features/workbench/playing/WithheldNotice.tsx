/** Where somebody withdrew: why a recording does not play or words are missing, and what was kept. */

import { Anchor, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { useWorkbench } from '../workbench';
import { explainWithheld } from './closedRecording';
import classes from './Playing.module.css';

export function WithheldNotice() {
  const { id } = useWorkspace();
  const { session, source, mayMark } = useWorkbench();
  if (source.withdrawn.length === 0) return null;
  return (
    <section className={classes.withheld} aria-label="Consent">
      <IconLock size={18} stroke={1.6} aria-hidden />
      <Text size="sm">
        {explainWithheld(source)}{' '}
        {mayMark ? (
          <Anchor
            component={Link}
            to={`${paths.study(id, session.study_id)}#participants`}
            size="sm"
            underline="always"
          >
            Consent of the people heard
          </Anchor>
        ) : null}
      </Text>
    </section>
  );
}
