import { isObject, paths } from '../../wire/index.js';
import {
  type AgentStep,
  type AskedQuestion,
  ask,
  edit,
  fail,
  lateWrite,
  say,
  silent,
} from '../agent/index.js';
import type { BackendCore } from '../core.js';
import type { Fault } from '../faults/fault.js';
import { ROUTES } from '../service/routes.js';
import { isLocalOrigin, SCOPE_HEADER } from './cors.js';
import { type Answer, bytesOf, JSON_BYTES, json, Refusal, readJson } from './exchange.js';

/** What programs in other languages control the backend with; never open to pages of other machines. */
const CONTROLS: Readonly<
  Record<string, (core: BackendCore, body: Readonly<Record<string, unknown>>) => Answer | Promise<Answer>>
> = {
  'GET /': (core) => index(core),
  'POST /__local/faults': (core, body) => {
    core.faults.add(faultOf(body));
    return json({ armed: true });
  },
  'DELETE /__local/faults': (core) => {
    core.faults.clear();
    return json({ cleared: true });
  },
  'GET /__local/journal': ({ journal }) => json({ requests: journal.requests, charges: journal.charges }),
  'GET /__local/agent': ({ agent }) => json({ commands: agent.commands }),
  'POST /__local/agent': (core, { match, plan }) => {
    if (typeof match !== 'string' || match === '')
      throw new Refusal(400, 'match must be a text that the message contains');
    const steps = Array.isArray(plan) ? plan.map(stepOf) : [stepOf(plan)];
    if (steps.length === 0) throw new Refusal(400, 'plan must be a step or a list of steps');
    core.agent.on(match, steps);
    return json({ scripted: true });
  },
  'DELETE /__local/agent': (core) => {
    core.agent.clear();
    return json({ cleared: true });
  },
  'POST /__local/reset': async (core) => {
    await core.reset();
    return json({ reset: true });
  },
};

/** Whether a request is for the controls and not for the service. */
export const isControl = (path: string): boolean => path === '/' || path.startsWith('/__local/');

/** Answers a request for the controls. */
export async function control(core: BackendCore, request: Request, signal: AbortSignal): Promise<Answer> {
  const origin = request.headers.get('origin');
  if (origin !== null && !isLocalOrigin(origin))
    return problem(403, 'the controls are for programs of this machine');
  const { pathname } = new URL(request.url);
  const handle = CONTROLS[`${request.method} ${pathname}`];
  if (handle === undefined)
    return problem(404, `there is no ${request.method} ${pathname}; GET / lists what there is`);
  try {
    const body =
      request.method === 'POST'
        ? await readJson(bytesOf(request, { bytes: 0 }, signal), JSON_BYTES.usual)
        : {};
    return await handle(core, body);
  } catch (error) {
    return problem(
      error instanceof Refusal ? error.status : 400,
      error instanceof Error ? error.message : String(error),
    );
  }
}

const problem = (status: number, message: string): Answer =>
  json({ code: status, message, data: null }, status);

/** JSON has no Infinity. What else a fault may be is checked where it is armed. */
function faultOf(body: Readonly<Record<string, unknown>>): Fault {
  const fault: object = { ...body, ...(body.times === 'all' && { times: Number.POSITIVE_INFINITY }) };
  if (isFault(fault)) return fault;
  throw new Refusal(400, 'a fault needs `on` and `do`, e.g. {"on":"run","do":"reset"}');
}

const isFault = (value: object): value is Fault => 'on' in value && 'do' in value;

/** Whether a question can be asked: what its texts say is the caller's. */
const isAsked = (value: unknown): value is AskedQuestion =>
  isObject(value) &&
  Array.isArray(value.questions) &&
  value.questions.every(
    (part) =>
      isObject(part) &&
      typeof part.id === 'string' &&
      typeof part.prompt === 'string' &&
      Array.isArray(part.options) &&
      part.options.every(
        (option) => isObject(option) && typeof option.id === 'string' && typeof option.label === 'string',
      ),
  );

/** `{"say": "…"}`, `{"edit": {…draft}}`, `{"ask": …}`, `{"silent": true}`, `{"fail": {…}}`, `{"lateWrite": {…draft}, "afterMs": 2000}`. */
function stepOf(step: unknown): AgentStep {
  if (!isObject(step)) throw new Refusal(400, 'a step must be an object such as {"say": "Done!"}');
  const { say: text, edit: draft, ask: question, fail: failure, lateWrite: late, afterMs } = step;
  if (typeof text === 'string') return say(text);
  if (isObject(draft)) return edit((before) => ({ ...before, ...draft }));
  if (typeof question === 'string') return ask(question);
  if (isAsked(question)) return ask(question);
  if (question !== undefined)
    throw new Refusal(400, 'ask is a text, or {"questions":[{"id","prompt","options":[{"id","label"}]}]}');
  if (isObject(failure)) {
    const { code, message } = failure;
    return fail({
      ...(typeof code === 'string' && { code }),
      ...(typeof message === 'string' && { message }),
    });
  }
  if (isObject(late))
    return lateWrite((before) => ({ ...before, ...late }), typeof afterMs === 'number' ? { afterMs } : {});
  if (step.silent === true) return silent();
  throw new Refusal(400, 'a step has one of say, edit, ask, silent, fail, lateWrite');
}

/** A body for each call that has one. */
const BODIES: Readonly<Record<string, string>> = {
  [paths.createSession]: '{"task_name":"test","language":"en"}',
  [paths.claimToken]: '{"task_id":"\'$TASK\'","session_id":"\'$SESSION\'"}',
  [paths.run]:
    '{"app_name":"nemo_agent","user_id":"me","session_id":"\'$SESSION\'","new_message":{"parts":[{"text":"Create a 10-second video about the sea"}]}}',
  [paths.submitRender]:
    '{"id":"render_1","sessionId":"\'$SESSION\'","draft":\'"$DRAFT"\',"output":{"format":"mp4","quality":"high"}}',
  [paths.tokens]: '{"name":"ci","scopes":["read","write"],"expires_in_days":30}',
  '/__local/faults': '{"on":"run","do":"reset","after":"event:3"}',
  '/__local/agent': '{"match":"sea","plan":[{"say":"Done!"}]}',
};

/** Every route with a curl line, for a person who looks. */
function index(_: BackendCore): Answer {
  const skill = ['X-Skill-Source: curl', 'X-Skill-Version: 1', 'X-Skill-Platform: terminal'];
  const line = (method: string, path: string, headers: readonly string[]): string => {
    const id =
      path.includes('/lambda') || path.startsWith('/outputs') || path.includes('/download')
        ? '$RENDER'
        : path.startsWith('/media')
          ? '$FILE'
          : path.startsWith('/api/tokens')
            ? '$TOKEN_ID'
            : '$SESSION';
    const body = method === 'POST' ? BODIES[path] : undefined;
    const form = path.includes('upload-video') ? ' -F files=@photo.jpg' : '';
    const data = body === undefined ? '' : ` -H 'Content-Type: application/json' -d '${body}'`;
    return `curl -s${method === 'GET' ? '' : ` -X ${method}`} "$NEMO_API_URL${path.replace('*', id)}"${headers.map((each) => ` -H "${each}"`).join('')}${data}${form}`;
  };
  const auth = 'Authorization: Bearer $TOKEN';
  const calls = ROUTES.map(({ operation, scope, method, path }) =>
    line(method, path, [
      ...(scope === undefined ? [] : [auth, ...(operation === 'render' ? skill : [])]),
      ...(operation === 'token' ? ['X-Client-Id: my-client'] : []),
    ]),
  );
  const controls = Object.keys(CONTROLS)
    .map((key) => key.split(' '))
    .map(([method = '', path = '']) => line(method, path, []));
  const text = [
    'A NemoVideo service on this machine: rules instead of a model, nothing leaves the machine.',
    '',
    'The service:',
    ...calls,
    '',
    `Controls; with the header ${SCOPE_HEADER}: <name> each test has its own backend:`,
    ...controls,
    '',
  ].join('\n');
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: new TextEncoder().encode(text),
  };
}
