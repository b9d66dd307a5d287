import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Inspector } from '../../../src/local/media/inspector.js';
import { testFolder } from '../renderer/support/files.js';

const folder = testFolder();
let programs = 0;

/** An inspector whose process runs this code for every order; `reply` sends what came out. */
async function inspector(code: string, longestMs?: number): Promise<Inspector> {
  programs += 1;
  const path = join(folder, `child-${programs}.mjs`);
  const send = 'const reply = (more) => process.send({ id, ...more });';
  await writeFile(
    path,
    `process.on('message', ({ id, path, format }) => { ${send} ${code} });\nprocess.once('disconnect', () => process.exit());`,
  );
  return new Inspector(() => ({ path, execArgv: [] }), longestMs);
}

const FACTS = { kind: 'image', format: 'png', width: 1, height: 1 };
const facts = `reply({ facts: { ...${JSON.stringify(FACTS)}, durationMs: process.pid } });`;

describe('the process that decodes', () => {
  it('is started once, and used for the next file', async () => {
    const looks = await inspector(facts);
    const [one, other] = await Promise.all([looks.inspect('a', 'png'), looks.inspect('b', 'png')]);
    const third = await looks.inspect('c', 'png');
    expect(one).toMatchObject(FACTS);
    expect(new Set([one?.durationMs, other?.durationMs, third?.durationMs]).size).toBe(1);
    expect(one?.durationMs).not.toBe(process.pid);
  });

  it('reports why a file cannot be decoded, and looks at the next one', async () => {
    const looks = await inspector(
      `if (path === 'bad') reply({ failure: 'broken header' }); else { ${facts} }`,
    );
    await expect(looks.inspect('bad', 'png')).rejects.toThrow('broken header');
    expect(await looks.inspect('good', 'png')).toMatchObject(FACTS);
  });

  it('fails what it was at when it crashes, and a new one takes the next file', async () => {
    const looks = await inspector(`if (path === 'bomb') process.exit(139); else { ${facts} }`);
    const before = await looks.inspect('good', 'png');
    await expect(looks.inspect('bomb', 'png')).rejects.toThrow('the process that decodes ended');
    const after = await looks.inspect('good', 'png');
    expect(after?.durationMs).not.toBe(before?.durationMs);
  });

  it('is ended when a file takes too long', async () => {
    const looks = await inspector('', 300);
    await expect(looks.inspect('endless', 'png')).rejects.toThrow('the process that decodes ended');
  });

  it('fails where it cannot be started', async () => {
    const looks = new Inspector(() => ({ path: join(folder, 'missing.mjs'), execArgv: [] }));
    await expect(looks.inspect('a', 'png')).rejects.toThrow('the process that decodes ended');
  });
});
