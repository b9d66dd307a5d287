import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, cwd, pid } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { ts } from '../support/typescript.js';
import { codeBlocks, docstringExamples } from './blocks.js';

// The guides use the machine's clock, as their readers do; here it runs faster.
vi.mock('../../src/platform/clock.js', async (original) => {
  const real = await original<typeof import('../../src/platform/clock.js')>();
  const { faster } = await import('../support/faster.js');
  return { ...real, systemClock: faster(real.systemClock, 60) };
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Inside the repository, so that its packages resolve; of this process, so that two runs do not meet.
const BLOCKS = join(ROOT, `test/docs/.blocks-${pid}`);
const blocks = codeBlocks();
const examples = docstringExamples();

beforeAll(() => {
  rmSync(BLOCKS, { recursive: true, force: true });
  mkdirSync(BLOCKS, { recursive: true });
  // `export {}` makes a module of a block that imports nothing.
  for (const { name, code } of [...blocks, ...examples])
    writeFileSync(join(BLOCKS, name), `${code}\nexport {};\n`);
});

afterAll(() => rmSync(BLOCKS, { recursive: true, force: true }));

describe('the code in the guides', () => {
  it('is there', () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(examples.length).toBeGreaterThan(15);
  });

  it('compiles as a reader would compile it', () => {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(ROOT, 'tsconfig.json'),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
          throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
        },
      },
    );
    const program = ts.createProgram(
      [...blocks, ...examples].map(({ name }) => join(BLOCKS, name)),
      config?.options ?? {},
    );
    const complaints = [...blocks, ...examples].flatMap(({ name, where }) => {
      const source = program.getSourceFile(join(BLOCKS, name));
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return found.map(
        ({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      );
    });
    expect(complaints).toEqual([]);
  }, 60_000);

  describe('runs against the local backend', () => {
    let backend: LocalBackend;
    let folder: string;
    const home = cwd();

    beforeEach(async () => {
      backend = await createLocalBackend({ render: 'off' });
      await backend.listen();
      vi.stubEnv('NEMO_API_URL', backend.url);
      folder = mkdtempSync(join(tmpdir(), 'nemovideo-docs-'));
      vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
      mkdirSync(join(folder, 'photos'));
      for (const [index, name] of ['photo-1.jpg', 'photo-2.jpg', 'logo.png'].entries()) {
        const picture = await drawPicture(index, name.endsWith('.jpg') ? 'jpeg' : 'png');
        writeFileSync(join(folder, name), picture);
        writeFileSync(join(folder, 'photos', name), picture);
      }
      chdir(folder);
      for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
        vi.spyOn(console, method).mockImplementation(() => {});
      }
      vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    });

    afterEach(async () => {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      chdir(home);
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each(blocks.filter(({ runs }) => runs))('$where', async ({ name }) => {
      await import(pathToFileURL(join(BLOCKS, name)).href);
    });
  });
});

/** A small picture, different for each index. */
function drawPicture(index: number, format: 'jpeg' | 'png'): Promise<Buffer> {
  const canvas = createCanvas(64, 48);
  const context = canvas.getContext('2d');
  context.fillStyle = `hsl(${index * 90} 70% 50%)`;
  context.fillRect(8, 8, 48, 32);
  return format === 'jpeg' ? canvas.encode('jpeg') : canvas.encode('png');
}
