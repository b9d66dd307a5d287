/**
 * What it takes to read a run to its result: 200,000 distinct partial texts, in English and in Chinese with emoji, tool
 * calls, drafts, and the end of an answer. Limits: CPU × 1.8 (ASCII) and × 2.2 (Chinese) of the floor; 40 MB and the text;
 * a longest block of 5 ms at the end of an answer of 100 KB.
 *
 * `tsx bench/stream.ts [--runs 5] [--nodes 20,24] [--only ours] [--kinds ascii,answer] [--events 200000]`
 */
import { built, compare, requested, startServer } from './harness.js';
import { installed } from './peers.js';

const { runs, nodes, only, extra } = requested({
  kinds: 'ascii,chinese,tools,tools-alone,drafts,answer',
  events: '200000',
});
const peers = installed({ anthropic: '@anthropic-ai/sdk', openai: 'openai' });
const TITLES: Readonly<Record<string, string>> = {
  ascii: 'partial texts of 84 characters, English',
  chinese: 'partial texts of 84 characters, Chinese with emoji',
  tools: 'tool calls with results (a fifth as many)',
  'tools-alone': 'tool calls without results (a fifth as many)',
  drafts: '100 edits of a draft of 200 segments',
  answer: 'the end of an answer of 100 KB',
};

const program = await built('stream/client.ts');
const { child, url } = await startServer(await built('stream/server.ts'), [extra.events]);
try {
  for (const kind of extra.kinds.split(',')) {
    const isText = kind === 'ascii' || kind === 'chinese';
    const all =
      kind === 'answer'
        ? ['ours']
        : ['floor', ...(isText ? ['ky + eventsource-parser'] : []), 'ours', ...(isText ? peers : [])];
    const contenders = all.filter((name) => only.length === 0 || only.includes(name) || name === 'floor');
    const title = `${isText ? `${Number(extra.events).toLocaleString('en')} ` : ''}${TITLES[kind] ?? kind}`;
    await compare({ title, program, contenders, args: [url, kind], flags: ['--expose-gc'], runs, nodes });
  }
} finally {
  child.kill();
}
