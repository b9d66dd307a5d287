import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: '#platform', replacement: source('./src/platform/node.ts') },
      { find: /^nemovideo-sdk$/, replacement: source('./src/index.ts') },
      { find: /^nemovideo-sdk\/local$/, replacement: source('./src/local/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/runtimes/**'],
    pool: 'forks',
    // By default one core is left idle, which on two cores doubles the time.
    maxWorkers: '100%',
    testTimeout: 60_000,
    setupFiles: ['test/support/setup.ts'],
    // .ci/run counts the tests from this file.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'out/test-results.json' }]] : ['default'],
  },
});
