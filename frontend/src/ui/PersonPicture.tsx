/** A persona's picture, or the letters of the name while there is none. */

import { Avatar } from '@mantine/core';
import { getInitials } from '@/lib/text';

interface PersonPictureProps {
  name: string;
  pictureUrl?: string | null;
  sizePx?: number;
}

export function PersonPicture({ name, pictureUrl, sizePx = 40 }: PersonPictureProps) {
  return (
    <Avatar
      src={pictureUrl}
      alt={pictureUrl ? `Picture of ${name}` : ''}
      size={sizePx}
      radius="50%"
      color="ink"
      styles={{ placeholder: { color: 'var(--mantine-color-text)', fontWeight: 600 } }}
    >
      <span aria-hidden>{getInitials(name)}</span>
    </Avatar>
  );
}
