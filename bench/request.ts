/**
 * How long a small request takes, and a message whose answer is one event, in a process that is warm. Ours reads the state
 * before a message, which is a request more. Only reported: there is no limit.
 *
 * `tsx bench/request.ts [--runs 5] [--nodes 20,24] [--only ours] [--rounds 1000]`
 */
import { built, compare, requested, startServer } from './harness.js';
import { installed } from './peers.js';

const { runs, nodes, only, extra } = requested({ rounds: '1000' });
const { child, url } = await startServer(await built('request/server.ts'));
try {
  const all = ['floor', 'ky, the same headers', 'ours', ...installed({ openai: 'openai' })];
  const contenders = all.filter((name) => only.length === 0 || only.includes(name) || name === 'floor');
  const program = await built('request/client.ts');
  await compare({ title: 'Small operations', program, contenders, args: [url, extra.rounds], runs, nodes });
} finally {
  child.kill();
}
