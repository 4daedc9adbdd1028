/** What else can be done with one excerpt that was found. */

import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconDots, IconEar, IconFileText, IconLink, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Excerpt } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { getExcerptPath, getVoiceName, SimilarExcerpts } from '@/features/evidence';
import { paths } from '@/lib/paths';

export function HitMenu({ excerpt }: { excerpt: Excerpt }) {
  const { id } = useWorkspace();
  const clipboard = useClipboard();
  const [isFinding, setIsFinding] = useState(false);
  const path = getExcerptPath(id, excerpt);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`More about what ${getVoiceName(excerpt)} said`}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={path}
            leftSection={<IconFileText size={16} aria-hidden />}
          >
            Open the transcript here
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={16} aria-hidden />}
            closeMenuOnClick={false}
            onClick={() => clipboard.copy(window.location.origin + path)}
          >
            {clipboard.copied ? 'Link copied' : 'Copy a link to the second'}
          </Menu.Item>
          {excerpt.participant ? (
            <Menu.Item
              component={Link}
              to={paths.saidBy(id, excerpt.participant.id)}
              leftSection={<IconUser size={16} aria-hidden />}
            >
              What else {excerpt.participant.code_name} said
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconEar size={16} aria-hidden />}
            onClick={() => setIsFinding(true)}
          >
            Find similar
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isFinding ? <SimilarExcerpts excerpt={excerpt} onClose={() => setIsFinding(false)} /> : null}
    </>
  );
}
