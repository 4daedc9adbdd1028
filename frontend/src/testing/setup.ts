/** What jsdom lacks and the components need. */

import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { forgetAll } from '@/lib/forgetting';

// Files of tests share a window: each leaves it as it was.
afterEach(() => {
  cleanup();
  notifications.cleanQueue();
  notifications.clean();
  forgetAll();
  localStorage.clear();
  sessionStorage.clear();
});

Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
    dispatchEvent: vi.fn(),
  }),
});

class SilentObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(window, { ResizeObserver: SilentObserver, IntersectionObserver: SilentObserver });
window.HTMLElement.prototype.scrollIntoView = () => {};
window.scrollTo = () => {};
HTMLMediaElement.prototype.load = () => {};
HTMLMediaElement.prototype.pause = () => {};
HTMLMediaElement.prototype.play = async () => {};
HTMLCanvasElement.prototype.getContext = () => null;
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
configure({
  getElementError: (message) => new Error(message ?? ''),
  // A deadline, not a pause: a busy machine takes its time to render a page the first time.
  asyncUtilTimeout: 10_000,
});
