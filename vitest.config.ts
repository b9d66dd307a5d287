import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The tests below a folder. `test/runtimes` is a package of its own, whose packages are not read through for them. */
function testsIn(folder: string): string[] {
  return readdirSync(source(`./${folder}`), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === 'test/runtimes' ? [] : testsIn(path);
    return path.endsWith('.test.ts') ? [path] : [];
  });
}

const tests = testsIn('test');
/** Those that put another module in the place of one cannot share loaded modules with others. */
const replacing = tests.filter((path) => readFileSync(path, 'utf8').includes('vi.mock('));
const sharing = tests.filter((path) => !replacing.includes(path));
const SETUP = ['test/support/setup.ts'];

/** What takes seconds, the longest first. */
const LONG = [
  'test/docs/blocks.test.ts',
  'test/video/resume.test.ts',
  'test/mcp/clients.test.ts',
  'test/cli/commands.test.ts',
  'test/examples/examples.test.ts',
  'test/auth/processes.test.ts',
  'test/testing/browser.test.ts',
  'test/cli/local-command.test.ts',
  'test/mcp/mcp-command.test.ts',
  'test/video/asked.test.ts',
  'test/bullmq/video-queue.test.ts',
  'test/bullmq/video-worker.test.ts',
  'test/local/renderer/render-file.test.ts',
  'test/local/renderer/start.test.ts',
  'test/testing/test-client.test.ts',
  'test/draft/encode-draft.test.ts',
];

/**
 * Begins with what takes long, so that no core idles while another ends it: vitest by itself knows that only of the last
 * run, and a fresh clone has none.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((path) => moduleId.endsWith(`/${path}`));
      return place === -1 ? LONG.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: '#platform', replacement: source('./src/platform/node.ts') },
      { find: '#backend', replacement: source('./src/local/index.ts') },
      { find: /^nemovideo-sdk$/, replacement: source('./src/index.ts') },
      { find: /^nemovideo-sdk\/local$/, replacement: source('./src/local/index.ts') },
      { find: /^nemovideo-sdk\/testing$/, replacement: source('./src/testing/index.ts') },
      { find: /^nemovideo-sdk\/bullmq$/, replacement: source('./src/bullmq/index.ts') },
      { find: /^nemovideo-sdk\/ai$/, replacement: source('./src/ai/index.ts') },
      { find: /^nemovideo-sdk\/mcp$/, replacement: source('./src/mcp/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    // By default one core is left idle, which on two cores doubles the time.
    maxWorkers: '100%',
    testTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/temporary-folder.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: sharing,
          setupFiles: [...SETUP, 'test/support/watch-for-tokens.ts'],
          // A fresh process and module graph for each of 150 files would take as long as their tests.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: replacing, setupFiles: SETUP } },
    ],
    // .ci/run counts the tests from this file.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'out/test-results.json' }]] : ['default'],
  },
});
