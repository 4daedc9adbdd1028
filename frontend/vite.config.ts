import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const apiOrigin = process.env.EARSHOT_API_ORIGIN ?? 'http://127.0.0.1:8000';
// The host is kept: Django compares it with the page's own when it checks for forged requests.
const proxy = { '/api': { target: apiOrigin, changeOrigin: false } };

const { version } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
) as { version: string };

/** What every page is made of is fetched beside its first script, not after it. */
const besideTheFirstScript: Plugin = {
  name: 'beside-the-first-script',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const main = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/main.tsx'));
      if (!main) return [];
      const scripts = [main, ...chunks.filter(({ fileName }) => main.imports.includes(fileName))];
      const styles = scripts.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
      const link = (rel: string, file: string) => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/${file}` },
      });
      return [
        ...scripts.map(({ fileName }) => link('modulepreload', fileName)),
        ...styles.map((file) => link('stylesheet', file)),
      ];
    },
  },
};

export default defineConfig({
  define: { 'import.meta.env.VITE_EARSHOT_VERSION': JSON.stringify(version) },
  plugins: [react(), besideTheFirstScript],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: 'dist',
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        assetFileNames: ({ names }) =>
          `assets/${names[0].split('~')[0].replace(/\.css$/, '')}-[hash][extname]`,
        // Thirty files of a kilobyte each take longer to fetch than they take to read.
        codeSplitting: {
          groups: [
            {
              name: 'parts',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 40_000,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    testTimeout: 30_000,
    // What only a slow machine breaks is told, and tried once more (docs/decisions/0031).
    retry: process.env.CI ? 1 : 0,
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
