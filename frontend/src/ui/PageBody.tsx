/** The measure and margins of a page. */

import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

export function PageBody({ children, ...box }: BoxProps & { children: ReactNode }) {
  return (
    <Box maw={1120} mx="auto" px={{ base: 'md', sm: 'xl' }} py={{ base: 'md', sm: 'lg' }} {...box}>
      {children}
    </Box>
  );
}
