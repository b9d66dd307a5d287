import type { Clock } from '../../platform/clock.js';
import type { AdkEvent, AdkPart } from '../../wire/index.js';
import type { AgentPlan, AgentStage } from '../agent/plan.js';
import type { Session } from '../sessions/sessions.js';
import { callId, EventMaker, inChunks } from './events.js';
import type { Feed } from './feed.js';
import { type EventForm, encodeEvent, encodeHeartbeat } from './forms.js';

/** How often the service shows that it is alive while it works, at speed 1. */
export const HEARTBEAT_MS = 10_000;

/** The pause between two lots of words, at speed 1. */
const WORDS_MS = 250;

/** What the vendor calls noise: it may follow a normal answer and means nothing. */
const TEMPORARY_ISSUE = 'I encountered a temporary issue. Please try again later.';

/** How one run is carried out and told. */
export interface RunOptions {
  readonly clock: Clock;
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly form: EventForm;
  /** Between 0 and 1, for what is left to chance. */
  readonly random: () => number;
  /** No closing words. */
  readonly silent: boolean;
  /** Every whole event twice. */
  readonly duplicate: boolean;
  /** The noise after the closing words. */
  readonly temporaryIssue: boolean;
  /** The answer ends after the first timeline; the rest of the work goes on by itself. */
  readonly earlyEnd: boolean;
}

/** Carries out a plan on a session and tells it to a feed, at the pace of the clock. */
export class Work {
  readonly #session: Session;
  readonly #feed: Feed;
  readonly #options: RunOptions;
  readonly #make: EventMaker;
  #said = '';

  constructor(session: Session, feed: Feed, options: RunOptions) {
    this.#session = session;
    this.#feed = feed;
    this.#options = options;
    this.#make = new EventMaker(options.clock);
  }

  /** Resolves when all stages are done; rejects with the signal's reason when it aborts. */
  async perform(plan: AgentPlan): Promise<void> {
    for (const [index, stage] of plan.stages.entries()) {
      await this.#stage(stage);
      const more = index < plan.stages.length - 1;
      if (this.#options.earlyEnd && stage.draft !== undefined && more) {
        await this.#close(plan);
        this.#feed.end();
      }
    }
    await this.#close(plan);
  }

  async #stage(stage: AgentStage): Promise<void> {
    const { text, call, draft, takesMs } = stage;
    await this.#say(text);
    const id = callId();
    const parts: AdkPart[] = text === '' ? [] : [{ text }];
    if (call !== undefined) parts.push({ functionCall: { name: call.name, args: call.args, id } });
    if (parts.length > 0) this.#tell(this.#make.whole(parts), true);
    await this.#takeTime(takesMs);
    if (draft !== undefined) this.#session.apply(draft);
    if (call === undefined && draft === undefined) return;
    const name = call?.name ?? 'edit_multitrack';
    const response = call?.response ?? { status: 'success' };
    this.#tell(
      this.#make.response({ functionResponse: { id, name, response } }, draft === undefined ? {} : { draft }),
    );
  }

  async #close(plan: AgentPlan): Promise<void> {
    if (this.#feed.over) return;
    const reply = this.#options.silent ? '' : plan.reply;
    if (reply === '') {
      // Half of the silent edits end with an empty part, the others with nothing at all.
      if (this.#options.random() < 0.5) this.#tell(this.#make.whole([{ text: '' }]));
    } else {
      await this.#say(reply);
      this.#tell(this.#make.last([{ text: reply }], Math.ceil(this.#said.length / 4)), true);
    }
    if (!this.#options.temporaryIssue) return;
    await this.#say(TEMPORARY_ISSUE);
    this.#tell(this.#make.whole([{ text: TEMPORARY_ISSUE }]), true);
  }

  async #say(text: string): Promise<void> {
    this.#said += text;
    for (const words of inChunks(text)) {
      await this.#sleep(WORDS_MS);
      this.#tell(this.#make.partial(words));
    }
  }

  #tell(event: AdkEvent, twice = false): void {
    const text = encodeEvent(event, this.#options.form);
    this.#feed.write(text, true);
    if (twice && this.#options.duplicate) this.#feed.write(text, true);
  }

  /** Time passes, with a sign of life now and then. */
  async #takeTime(ms: number): Promise<void> {
    let left = ms;
    for (; left > HEARTBEAT_MS; left -= HEARTBEAT_MS) {
      await this.#sleep(HEARTBEAT_MS);
      this.#feed.write(encodeHeartbeat(this.#options.form), false);
    }
    await this.#sleep(left);
  }

  async #sleep(ms: number): Promise<void> {
    const { clock, speed, signal } = this.#options;
    signal.throwIfAborted();
    if (ms / speed > 0) await clock.sleep(ms / speed, signal);
  }
}
