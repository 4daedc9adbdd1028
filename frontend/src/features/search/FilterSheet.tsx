/** The facets of a narrow screen: a button, and a sheet from below. */

import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/text';

interface FilterSheetProps {
  filterCount: number;
  excerptCount: number;
  children: ReactNode;
}

export function FilterSheet({ filterCount, excerptCount, children }: FilterSheetProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        hiddenFrom="md"
        onClick={open}
        leftSection={<IconAdjustmentsHorizontal size={17} aria-hidden />}
      >
        {filterCount > 0 ? `Filters (${filterCount})` : 'Filters'}
      </Button>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="bottom"
        size="80%"
        title="Filters"
        closeButtonProps={{ 'aria-label': 'Close the filters' }}
        styles={{ title: { fontWeight: 650 } }}
      >
        {children}
        <Button fullWidth mt="md" onClick={close}>
          Show {formatCount(excerptCount, 'excerpt')}
        </Button>
      </Drawer>
    </>
  );
}
