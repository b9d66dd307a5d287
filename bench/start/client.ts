/**
 * One contender of the cold start: `client.mjs <contender> <url>` loads the package as it is installed, makes one request
 * and reads one event, and prints the time since the start of the process at each point as JSON.
 */
import { peer } from '../peers.js';

const [contender = '', url = '', floor = '', floorInOneFile = ''] = process.argv.slice(2);
const TOKEN = 'nmv_usr_bench';
const HEADERS = { authorization: `Bearer ${TOKEN}` };
const CREDITS = '/api/credits/balance/simple';
const BODY = {
  app_name: 'nemo_agent',
  user_id: 'me',
  session_id: 's1',
  new_message: { parts: [{ text: 'Hello' }] },
};

/** Each part is called once, in this order. */
interface Start {
  load(): Promise<{ request(): Promise<unknown>; firstEvent(): Promise<unknown> }>;
}

/** What is used of openai. */
type OpenAI = new (
  options: object,
) => {
  get(path: string): Promise<unknown>;
  post(path: string, options: object): Promise<AsyncIterable<unknown>>;
};
/** What is used of replicate. */
type Replicate = new (options: object) => { request(route: string, options: object): Promise<Response> };

const message = async (): Promise<string> => {
  const headers = { ...HEADERS, 'content-type': 'application/json' };
  return (await fetch(`${url}/run_sse`, { method: 'POST', headers, body: JSON.stringify(BODY) })).text();
};

/** ky, eventsource-parser and zod/mini: as installed, or bundled. */
const bare: Start = {
  load: async () => {
    const { start }: typeof import('./floor.js') = await import(
      contender === 'floor' ? floor : floorInOneFile
    );
    return start(url, HEADERS, { credits: CREDITS, message: BODY });
  },
};

const STARTS: Readonly<Record<string, Start>> = {
  floor: bare,
  'floor in one file': bare,
  'raw fetch': {
    load: async () => ({
      request: async () => (await fetch(`${url}${CREDITS}`, { headers: HEADERS })).json(),
      firstEvent: message,
    }),
  },
  ours: {
    load: async () => {
      const { NemoVideo } = await import('nemovideo-sdk');
      const nemo = new NemoVideo({ baseUrl: url, token: TOKEN, credentialStore: false });
      return {
        request: () => nemo.credits.balance(),
        firstEvent: () => nemo.sessions.open({ sessionId: 's1', taskId: 't1' }).run('Hello').result(),
      };
    },
  },
  openai: {
    load: async () => {
      const client = new (peer<OpenAI>('openai'))({ apiKey: TOKEN, baseURL: url });
      return {
        request: () => client.get(CREDITS),
        firstEvent: async () => {
          for await (const _ of await client.post('/run_sse', { body: BODY, stream: true }));
        },
      };
    },
  },
  replicate: {
    load: async () => {
      const client = new (peer<Replicate>('replicate'))({ auth: TOKEN, baseUrl: url });
      return {
        request: async () => (await client.request(CREDITS, { method: 'GET' })).json(),
        firstEvent: message,
      };
    },
  },
};

const start = STARTS[contender];
if (start === undefined) throw new Error(`There is no contender ${JSON.stringify(contender)}.`);
const empty = performance.now();
const { request, firstEvent } = await start.load();
const imported = performance.now();
await request();
const requested = performance.now();
await firstEvent();
const first = performance.now();
console.log(
  JSON.stringify({
    'import ms': imported - empty,
    'import + request ms': requested - empty,
    'import + request + event ms': first - empty,
  }),
);
process.exit(0);
