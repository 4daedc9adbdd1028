/** Earshot's look for Mantine: type, one ink accent, contrast that holds in light and dark. */

import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Tooltip,
} from '@mantine/core';

const ink: MantineColorsTuple = [
  '#f1f3f9',
  '#dfe4f0',
  '#bcc7e0',
  '#9fb0d6',
  '#788dc2',
  '#647cb9',
  '#5a73b6',
  '#4a62a0',
  '#3a5088',
  '#2f4373',
];

const dark: MantineColorsTuple = [
  '#e6e7ea',
  '#c6c9d0',
  '#a3a9b4',
  '#767d8a',
  '#484d57',
  '#383d45',
  '#2a2e35',
  '#1b1d21',
  '#16181b',
  '#111315',
];

export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontFamily:
    'Inter, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  headings: {
    fontFamily: 'inherit',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  components: {
    // The placeholder is a focusable child without a role, which a menu may not have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontSize: '1.1875rem', fontWeight: 650, lineHeight: 1.3 } },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--mantine-color-text)' } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true } }),
  },
});

export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6370',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c01f2a',
    '--mantine-color-text': '#1c2026',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a9b4',
    '--mantine-color-placeholder': '#8f96a3',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': '#a9b8dc',
  },
});
