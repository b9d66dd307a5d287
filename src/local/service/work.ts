import type { Clock } from '../../platform/clock.js';
import type { AdkEvent, AdkPart } from '../../wire/index.js';
import type { AgentStep, AgentToolCall, AskedQuestion } from '../agent/index.js';
import { callId, type EventForm, EventMaker, encodeEvent, encodeHeartbeat, inChunks } from './events.js';
import type { Feed } from './feed.js';
import type { Session } from './sessions.js';

/** How often the service shows that it is alive while it works, at speed 1. */
export const HEARTBEAT_MS = 10_000;

/** The pause between two lots of words, at speed 1. */
const WORDS_MS = 250;

/** What the vendor calls noise: it may follow a normal answer and means nothing. */
const TEMPORARY_ISSUE = 'I encountered a temporary issue. Please try again later.';

const EDITS: AgentToolCall = { name: 'edit_multitrack', args: {}, response: { status: 'success' } };

/** How one run is carried out and reported. */
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
  /** The answer ends after the first timeline; the rest of the work continues. */
  readonly earlyEnd: boolean;
  /** Does something after the stream has ended. */
  readonly later: (task: (signal: AbortSignal) => Promise<void>) => void;
}

type Edit = Extract<AgentStep, { do: 'edit' }>;

/** Carries out the steps of a plan on a session and writes about it to a feed, at the pace of the clock. */
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

  /** Resolves when all steps are done; rejects with the signal's reason when it aborts. */
  async perform(steps: readonly AgentStep[]): Promise<void> {
    const closing = steps.findLast((step) => step.do === 'say')?.text;
    let words = '';
    for (const [index, step] of steps.entries()) {
      const isLast = index === steps.length - 1;
      switch (step.do) {
        case 'say':
          // The last words close the run; others are one event with the call after them.
          if (isLast) return this.#close(step.text);
          words = step.text;
          await this.#say(words);
          break;
        case 'edit':
          await this.#edit(step, words);
          words = '';
          if (this.#options.earlyEnd && steps.slice(index + 1).some((next) => next.do === 'edit')) {
            await this.#close(closing ?? '');
            this.#feed.end();
          }
          break;
        case 'ask':
          return this.#ask(step.question, words);
        case 'fail':
          return this.#tell(this.#make.failure(step.code, step.message));
        case 'lateWrite':
          this.#options.later(async (signal) => {
            await this.#options.clock.sleep(step.afterMs, signal);
            this.#session.edit(step.edit);
          });
          break;
        case 'silent':
          break;
      }
    }
    if (words !== '') this.#tell(this.#make.last([{ text: words }], this.#tokens), true);
    else await this.#close('');
  }

  async #edit({ edit, call = EDITS, takesMs }: Edit, text: string): Promise<void> {
    const id = callId();
    const parts: AdkPart[] = text === '' ? [] : [{ text }];
    this.#tell(
      this.#make.whole([...parts, { functionCall: { name: call.name, args: call.args, id } }]),
      true,
    );
    await this.#takeTime(takesMs);
    const draft = this.#session.edit(edit);
    const functionResponse = { id, name: call.name, response: call.response };
    this.#tell(this.#make.response({ functionResponse }, { draft }));
  }

  /** The call has no answer: the person gives it, in the next message (wire document, "Found since"). */
  #ask({ title, questions }: AskedQuestion, text: string): void {
    const id = callId();
    const asked = questions.map(({ id: question, prompt, options, allowMultiple }) => ({
      id: question,
      prompt,
      options,
      ...(allowMultiple !== undefined && { allow_multiple: allowMultiple }),
    }));
    const args = { ...(title !== undefined && { title }), questions: asked };
    const parts: AdkPart[] = text === '' ? [] : [{ text }];
    const event = this.#make.whole([...parts, { functionCall: { name: 'ask_question', args, id } }]);
    this.#tell({ ...event, longRunningToolIds: [id] }, true);
  }

  async #close(words: string): Promise<void> {
    if (this.#feed.over) return;
    const reply = this.#options.silent ? '' : words;
    if (reply === '') {
      // Half of the silent edits end with an empty part, the others with nothing at all.
      if (this.#options.random() < 0.5) this.#tell(this.#make.whole([{ text: '' }]));
    } else {
      await this.#say(reply);
      this.#tell(this.#make.last([{ text: reply }], this.#tokens), true);
    }
    if (!this.#options.temporaryIssue) return;
    await this.#say(TEMPORARY_ISSUE);
    this.#tell(this.#make.whole([{ text: TEMPORARY_ISSUE }]), true);
  }

  get #tokens(): number {
    return Math.ceil(this.#said.length / 4);
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
