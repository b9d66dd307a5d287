/** The service of a soak, in a process that outlives all others. */
import { argv } from 'node:process';
import { type ArmedFault, ask, createLocalBackend, edit, type Fault, say } from '../../../src/local/index.js';
import { seededRandom } from '../../../src/local/random.js';
import type { ServiceReady, ServiceReport, ServiceSettings } from './settings.js';

const settings: ServiceSettings = JSON.parse(argv[2] ?? '');
const random = seededRandom(settings.seed);

type FaultOf = Omit<Fault, 'on' | 'skip' | 'times'>;

const ANYWHERE: readonly FaultOf[] = [
  { do: 'status' },
  { do: 'status', status: 500, work: 'done' },
  { do: 'status', status: 502, html: true },
  { do: 'status', status: 429, retryAfter: 1 },
  { do: 'refuse' },
  { do: 'reset' },
  { do: 'reset', after: 'headers' },
  { do: 'truncate', after: 20 },
  { do: 'garbage' },
  { do: 'stall' },
  { do: 'split', size: [1, 7, 100] },
];
const IN_A_STREAM: readonly FaultOf[] = (['event:1', 'mid-event:2', 'event:3'] as const).flatMap((after) => [
  { do: 'reset', after },
  { do: 'reset', after, work: 'undone' },
  { do: 'truncate', after },
  { do: 'stall', after },
]);
const FAULTS = {
  session: ANYWHERE,
  upload: [...ANYWHERE, { do: 'reset', after: 100 }],
  run: [
    ...ANYWHERE,
    ...IN_A_STREAM,
    { do: 'error-event' },
    { do: 'silent' },
    { do: 'duplicate' },
    { do: 'early-end' },
    { do: 'temporary-issue' },
  ],
  credits: ANYWHERE,
  state: ANYWHERE,
  render: [...ANYWHERE, { do: 'fail', reason: 'the encoder crashed' }],
  poll: [...ANYWHERE, { do: 'progress', kind: 'stuck' }, { do: 'word', word: 'composing' }],
  download: ANYWHERE,
} satisfies Readonly<Record<string, readonly FaultOf[]>>;
type Target = keyof typeof FAULTS;

const requests: Record<string, number> = {};
const faults: Record<string, number> = {};
const armed = new Map<Target, ArmedFault>();

const backend = await createLocalBackend({
  render: 'off',
  speed: settings.speed,
  onDisconnect: settings.onDisconnect,
  agent({ message }) {
    const id = /job-\d+/.exec(message)?.[0];
    const options = [{ id: 'calm', label: 'Calm' }];
    if (message.includes('ask me first'))
      return [ask({ questions: [{ id: 'style', prompt: `Which style for ${id}?`, options }] })];
    if (!message.includes('Which style for')) return undefined;
    return [edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })), say('Done.')];
  },
  onRequest({ operation }) {
    requests[operation] = (requests[operation] ?? 0) + 1;
    for (const [target, { hits }] of armed) {
      if (hits === 0) continue;
      faults[target] = (faults[target] ?? 0) + 1;
      arm(target);
    }
  },
});

/** Lets the next of an endpoint's requests fail that chance picks. */
function arm(target: Target): void {
  const kinds: readonly FaultOf[] = FAULTS[target];
  const kind = kinds[Math.floor(random() * kinds.length)] ?? { do: 'reset' };
  const skip = Math.floor(Math.log(1 - random()) / Math.log(1 - settings.faults));
  armed.set(target, backend.faults.add({ ...kind, on: target, skip }));
}
function isTarget(name: string): name is Target {
  return Object.hasOwn(FAULTS, name);
}
if (settings.faults > 0) Object.keys(FAULTS).filter(isTarget).forEach(arm);

process.on('message', () => {
  const charges: Record<string, number> = {};
  for (const { message } of backend.charges) charges[message] = (charges[message] ?? 0) + 1;
  const report: ServiceReport = { charges, requests, faults };
  process.send?.(report);
});
process.once('disconnect', () => void backend.close());
await backend.listen();
const ready: ServiceReady = { baseUrl: backend.url, token: backend.issueToken({ credits: 1e9 }) };
process.send?.(ready);
