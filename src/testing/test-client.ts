import { checkFields, type Fields } from '../errors/index.js';
import { anonymousToken, NemoVideo, type NemoVideoOptions } from '../index.js';
import { PLAN } from '../local/agent/plan.js';
import type { Agent, AgentPlan, Fault, LocalBackend, LocalBackendOptions } from '../local/index.js';
import { LOCAL_FIELDS } from '../local/options.js';
import { DEFAULT_WEB_URL } from '../wire/index.js';
import { VirtualClock } from './virtual-clock.js';

/** Options of {@link createTestClient}: those of the local backend, with defaults for tests, and these. */
export interface TestClientOptions extends Omit<LocalBackendOptions, 'agent' | 'clock'> {
  /** What the agent does about every message: `say('Done!')`, a list of steps, or a function. Default: the table of commands. */
  readonly agent?: Agent | AgentPlan | undefined;
  /** What goes wrong, from the beginning; more with `backend.faults.add`. Default: nothing. */
  readonly faults?: Fault | readonly Fault[] | undefined;
  /** The time of the client and of the backend. Default: one that moves automatically. */
  readonly clock?: VirtualClock | undefined;
  /** Options of the client, beside those that connect it to the backend. Default: anonymous, in memory. */
  readonly client?: Omit<NemoVideoOptions, 'baseUrl' | 'clock' | 'fetch'> | undefined;
}

const FIELDS: Fields<TestClientOptions> = {
  ...LOCAL_FIELDS,
  agent: PLAN,
  clock: { accepted: 'a VirtualClock', is: (value) => value instanceof VirtualClock },
  faults: 'any',
  client: 'object',
};

/** A client and the service that it calls, for one test. */
export interface TestClient extends AsyncDisposable {
  /** The client. */
  readonly nemo: NemoVideo;
  /** The service: faults, scripted replies, and the journal of what was asked and charged. */
  readonly backend: LocalBackend;
  /** The time of both. */
  readonly clock: VirtualClock;
}

/** Not the machine's: what a test sends must not depend on where it runs. */
const IDENTITY = {
  clientId: '00000000-0000-4000-8000-000000000000',
  credentialStore: false,
  webUrl: DEFAULT_WEB_URL,
} as const;

/**
 * Creates a client with a local backend for one test: nothing is sent, nothing waits, nothing is kept. Credits are
 * unlimited, videos are placeholders, and neither the environment nor stored credentials are read.
 *
 * @example
 * await using test = await createTestClient({ agent: [edit(addTitle), say('Done!')] });
 * await test.nemo.createVideo({ prompt: 'a film' });
 * expectChargedOnce(test.backend);
 * @throws OptionError for an option that cannot be used.
 */
export async function createTestClient(options: TestClientOptions = {}): Promise<TestClient> {
  checkFields(options, FIELDS);
  const { agent, faults = [], clock = new VirtualClock(), client, ...rest } = options;
  // On demand, and by package conditions: a page that imports `handlers` must not load what needs Node.
  const { createLocalBackend } = await import('#backend');
  const backend = await createLocalBackend({
    render: 'off',
    speed: Number.POSITIVE_INFINITY,
    credits: Number.MAX_SAFE_INTEGER,
    ...rest,
    clock,
    ...(typeof agent === 'function' && { agent }),
  });
  const { fetch, url: baseUrl } = backend;
  try {
    if (agent !== undefined && typeof agent !== 'function') backend.agent.on(() => true, agent);
    for (const fault of [faults].flat()) backend.faults.add(fault);
    // Without one of the two, the variable NEMO_TOKEN would be read.
    const isAnonymous = client?.token === undefined && client?.auth === undefined;
    const attribution = { platform: 'test', ...client?.attribution };
    const auth = isAnonymous ? { auth: anonymousToken() } : {};
    const nemo = new NemoVideo({ ...IDENTITY, ...client, ...auth, attribution, fetch, baseUrl, clock });
    const close = (): Promise<void> => backend.close();
    return { nemo, backend, clock, [Symbol.asyncDispose]: close };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
