/** The measure and margins of a page: all begin at the same edge, however wide they are. */

import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageBodyProps extends Omit<BoxProps, 'maw'> {
  /** How wide what is read gets, in pixels; as wide as the page if left out. */
  measure?: number;
  children: ReactNode;
}

const PAGE_WIDTH_PX = 1200;

export function PageBody({ measure, children, ...box }: PageBodyProps) {
  return (
    <Box
      maw={PAGE_WIDTH_PX}
      mx="auto"
      px={{ base: 'md', sm: 'xl' }}
      py={{ base: 'md', sm: 'lg' }}
      {...box}
    >
      {measure ? <Box maw={measure}>{children}</Box> : children}
    </Box>
  );
}
