import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const apiOrigin = process.env.EARSHOT_API_ORIGIN ?? 'http://127.0.0.1:8000';
// The host is kept: Django compares it with the page's own when it checks for forged requests.
const proxy = { '/api': { target: apiOrigin, changeOrigin: false } };

const { version } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
) as { version: string };

export default defineConfig({
  define: { 'import.meta.env.VITE_EARSHOT_VERSION': JSON.stringify(version) },
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', proxy },
  build: { outDir: 'dist', sourcemap: false, chunkSizeWarningLimit: 700 },
  test: {
    environment: 'jsdom',
    testTimeout: 30_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // One window for all files: making one takes longer than most of them.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
      { extends: true, test: { name: 'rules', include: ['src/**/*.test.ts'] } },
    ],
  },
});
