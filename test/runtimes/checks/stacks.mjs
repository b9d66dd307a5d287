import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../pack.mjs';
import { run } from '../process.mjs';

/** Throws in the package, at a misspelt option and at a token that cannot be one, and tells the stacks. */
const THROWN = `const stacks = [];
for (const wrong of [() => new NemoVideo({ tiemout: 1 }), () => staticToken('')]) {
  try { wrong(); } catch (error) { stacks.push(error.stack); }
}
console.log(JSON.stringify(stacks));`;

const PROGRAMS = {
  import: ['module', `import { NemoVideo, staticToken } from 'nemovideo-sdk';\n${THROWN}`],
  require: ['commonjs', `const { NemoVideo, staticToken } = require('nemovideo-sdk');\n${THROWN}`],
};

/** That a stack trace names the source and the line which throws, although the package holds no sources. */
export async function checkStacks(report, { consumer }) {
  for (const [name, [type, code]] of Object.entries(PROGRAMS)) {
    await report.check('stack trace', `${name}, with --enable-source-maps`, async () => {
      const args = ['--enable-source-maps', `--input-type=${type}`, '-e', code];
      const stacks = JSON.parse(await run(process.execPath, args, { cwd: consumer }));
      if (stacks.length !== 2) throw new Error(`${stacks.length} errors`);
      const places = stacks.map((stack) => /nemovideo-sdk\/(src\/[\w/-]+\.ts):(\d+)/.exec(stack) ?? [stack]);
      for (const [told, path, line] of places) {
        if (path === undefined) throw new Error(told);
        const text = (await readFile(join(ROOT, path), 'utf8')).split('\n')[line - 1];
        if (!/\bthrow\b|\bnew \w+Error\b/.test(text)) throw new Error(`${path}:${line} is ${text}`);
      }
      return places.map(([, path, line]) => `${path}:${line}`).join(', ');
    });
  }
}
