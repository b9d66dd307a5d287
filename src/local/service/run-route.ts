import { AGENT, isObject } from '../../wire/index.js';
import { priced } from '../agent/index.js';
import type { BackendCore, Tie } from '../core.js';
import { type Answer, type Exchange, Refusal, text } from '../http/exchange.js';
import { seededRandom } from '../random.js';
import { whoAsks } from './account-routes.js';
import { type EventForm, EventMaker, encodeEvent, encodeHeartbeat } from './events.js';
import { Feed } from './feed.js';
import type { Session } from './sessions.js';
import { HEARTBEAT_MS, Work } from './work.js';

/** `POST /run_sse`: plans, charges, and works in the background while the answer reports it. */
export async function run(core: BackendCore, exchange: Exchange): Promise<Answer> {
  const account = whoAsks(core, exchange);
  const { json, record, signal, effect } = exchange;
  const message = messageOf(json);
  const session = core.sessions.find(account, text(json, 'session_id'));
  record.sessionId = session.id;
  const form = formOf(exchange);
  let stop = (): void => {};
  const feed = new Feed(effect.gate, signal, (ending) => {
    if (!effect.workDone) stop();
    if (ending === 'heartbeats') beatForEver(core, feed, form, signal);
    if (ending === 'error-event') feed.writePast(failureOf(core, exchange, form));
  });
  if (!effect.neverBegins) {
    const start = await prepare(core, exchange, session, message, feed);
    const work = start();
    stop = () => work.abort(new Error('stopped by a fault'));
    if (core.options.onDisconnect === 'abort')
      signal.addEventListener('abort', () => work.abort(signal.reason), { once: true });
  }
  feed.open();
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    body: feed,
    gated: true,
  };
}

/** Takes the turn, plans and charges; what it gives starts the work. Throws when there is to be none. */
async function prepare(
  core: BackendCore,
  { odd, record, signal }: Exchange,
  session: Session,
  message: string,
  feed: Feed,
): Promise<() => Tie> {
  const endTurn = session.takeTurn();
  try {
    signal.throwIfAborted();
    const { clock, seed, speed } = core.options;
    const random = seededRandom(seed * 1000 + session.messages);
    session.messages += 1;
    const { language, draft, media } = session;
    const credits = session.account.balance.available;
    const plan = await core.agent.planFor({ message, language, draft, media, credits, random });
    const { steps, credits: cost } = priced(plan, draft !== null);
    const settle = charge(core, session, cost, message, record.requestId);
    const form = formOf({ odd });
    const perform = async (workSignal: AbortSignal): Promise<void> => {
      try {
        await new Work(session, feed, {
          clock,
          speed,
          signal: workSignal,
          form,
          random,
          silent: odd.has('silent'),
          duplicate: odd.has('duplicate'),
          temporaryIssue: odd.has('temporary-issue'),
          earlyEnd: odd.has('early-end'),
          later: (task) => core.underWay.spawn(task),
        }).perform(steps);
      } catch (error) {
        if (!workSignal.aborted) feed.write(failure(core, 'INTERNAL', String(error), form), true);
      } finally {
        feed.end();
        settle();
        endTurn();
      }
    };
    return () => core.underWay.spawn(perform);
  } catch (error) {
    endTurn();
    throw error;
  }
}

function messageOf(json: Readonly<Record<string, unknown>>): string {
  if (json.app_name !== AGENT) throw new Refusal(400, `app_name must be ${AGENT}`);
  const parts = isObject(json.new_message) ? json.new_message.parts : undefined;
  const words = Array.isArray(parts) ? parts.map((part) => (isObject(part) ? part.text : undefined)) : [];
  const message = words.filter((word) => typeof word === 'string').join('\n');
  if (message === '') throw new Refusal(400, 'new_message has no text');
  return message;
}

/** Charged when the work begins (wire document: a message sent twice is charged twice). */
function charge(
  core: BackendCore,
  session: Session,
  credits: number,
  message: string,
  requestId: string,
): () => void {
  if (credits <= 0) return () => {};
  const settle = session.account.charge(credits);
  const at = core.options.clock.now();
  core.journal.charge({ at, sessionId: session.id, credits, reason: 'message', message, requestId });
  return settle;
}

function formOf({ odd }: Pick<Exchange, 'odd'>): EventForm {
  const form = odd.get('form')?.form;
  return form === 'snake' || form === 'simple' || form === 'text' ? form : 'adk';
}

/** What an `error-event` fault says. */
function failureOf(core: BackendCore, { effect: { fault } }: Exchange, form: EventForm): string {
  const code = String(fault?.code ?? 'UNKNOWN_ERROR');
  const reason = fault?.reason ?? 'upstream model overloaded';
  return failure(core, code, reason, fault?.form === 'simple' ? 'simple' : form);
}

function failure(core: BackendCore, code: string, message: string, form: EventForm): string {
  return encodeEvent(new EventMaker(core.options.clock).failure(code, message), form);
}

function beatForEver(core: BackendCore, feed: Feed, form: EventForm, reader: AbortSignal): void {
  const beating = core.underWay.spawn(async (signal) => {
    for (;;) {
      await core.options.clock.sleep(HEARTBEAT_MS, signal);
      feed.writePast(encodeHeartbeat(form));
    }
  });
  reader.addEventListener('abort', () => beating.abort(reader.reason), { once: true });
}
