import { AGENT } from '../../wire/index.js';
import type { AgentPlan } from '../agent/plan.js';
import type { BackendCore } from '../core.js';
import { type Answer, Refusal } from '../http/answer.js';
import { type Exchange, isObject, text } from '../http/exchange.js';
import { seededRandom } from '../random.js';
import { EventMaker } from '../runs/events.js';
import { Feed } from '../runs/feed.js';
import { type EventForm, encodeEvent, encodeHeartbeat } from '../runs/forms.js';
import { HEARTBEAT_MS, Work } from '../runs/work.js';
import type { Session } from '../sessions/sessions.js';
import { whoAsks } from './data.js';

/** `POST /run_sse`: plans, charges, and works in the background while the answer tells about it. */
export async function run(core: BackendCore, exchange: Exchange): Promise<Answer> {
  const account = whoAsks(core, exchange);
  const { json, record, signal, effect } = exchange;
  const message = messageOf(json);
  const session = core.sessions.find(account, text(json, 'session_id'));
  record.sessionId = session.id;
  const endTurn = await session.takeTurn();
  let settle = (): void => {};
  try {
    signal.throwIfAborted();
    const random = seededRandom(core.options.seed * 1000 + session.messages);
    session.messages += 1;
    const plan = await core.parts.plan({
      message,
      language: session.language,
      draft: session.draft,
      media: [...session.media],
      random,
    });
    settle = charge(core, session, plan, message, record.requestId);
    const form = formOf(exchange);
    const feed = new Feed(effect.gate, signal, (ending) => {
      if (!effect.workDone) work.abort(new Error('stopped by a fault'));
      if (ending === 'heartbeats') beatForEver(core, feed, form, signal);
      if (ending === 'error-event') feed.writePast(failureOf(core, exchange, form));
    });
    const work = core.spawn(async (workSignal) => {
      try {
        await new Work(session, feed, {
          clock: core.options.clock,
          speed: core.options.speed,
          signal: workSignal,
          form,
          random,
          silent: exchange.odd.has('silent'),
          duplicate: exchange.odd.has('duplicate'),
          temporaryIssue: exchange.odd.has('temporary-issue'),
          earlyEnd: exchange.odd.has('early-end'),
        }).perform(plan);
      } finally {
        settle();
        endTurn();
      }
    });
    feed.open();
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
      body: feed,
      gated: true,
    };
  } catch (error) {
    settle();
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
  { credits }: AgentPlan,
  message: string,
  requestId: string,
): () => void {
  if (credits <= 0) return () => {};
  const settle = session.account.charge(credits);
  const at = core.options.clock.now();
  core.charges.push({ at, sessionId: session.id, credits, reason: 'message', message, requestId });
  return settle;
}

function formOf({ odd }: Exchange): EventForm {
  const form = odd.get('form')?.form;
  return form === 'snake' || form === 'simple' || form === 'text' ? form : 'adk';
}

function failureOf(core: BackendCore, { effect: { fault } }: Exchange, form: EventForm): string {
  const failure = new EventMaker(core.options.clock).failure(
    String(fault?.code ?? 'UNKNOWN_ERROR'),
    fault?.reason ?? 'upstream model overloaded',
  );
  return encodeEvent(failure, fault?.form === 'simple' ? 'simple' : form);
}

function beatForEver(core: BackendCore, feed: Feed, form: EventForm, reader: AbortSignal): void {
  const beating = core.spawn(async (signal) => {
    for (;;) {
      await core.options.clock.sleep(HEARTBEAT_MS, signal);
      feed.writePast(encodeHeartbeat(form));
    }
  });
  reader.addEventListener('abort', () => beating.abort(reader.reason), { once: true });
}
