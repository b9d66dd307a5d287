import type { Timeline } from '../draft/index.js';
import {
  type AgentQuestion,
  AwaitingInputError,
  isNemoVideoError,
  NetworkError,
  RunError,
  RunInterruptedError,
  RunStalledError,
} from '../errors/index.js';
import type { QuestionAnswers, Run, RunOptions, RunResult } from '../run/index.js';
import type { Session } from '../session/index.js';
import { abortable, throwIfAborted } from '../transport/index.js';
import { estimatedPercent } from './percent.js';
import { Sentences } from './sentences.js';
import type { VideoRecord, VideoWork } from './video-record.js';
import type { VideoSnapshot } from './video-snapshot.js';
import { messageOf } from './wishes.js';

/** The step that costs credits: the message of a video, and the questions of the agent. */
export class MessageStep {
  readonly #work: VideoWork;
  readonly #record: VideoRecord;
  #answers: QuestionAnswers | undefined;

  constructor(work: VideoWork, record: VideoRecord) {
    this.#work = work;
    this.#record = record;
    // They belong to the question that the video waits for, and to no later one.
    this.#answers = record.snapshot.question && work.answers;
  }

  /** Returns the answer. Sends the message, or waits for the outcome of one that was sent; answers the questions of the agent. */
  async answered(session: Session): Promise<string> {
    let { text, question } = this.#record.snapshot;
    while (text === undefined) {
      const result =
        question === undefined ? await this.#outcome(session) : await this.#answer(session, question);
      question = result.question;
      // The agent stopped to ask: nothing was finished, and nothing is exported before it is answered.
      if (question !== undefined) await this.#record.save({ question }, 'run');
      else {
        text = result.displayText;
        await this.#record.save({ text });
      }
    }
    return text;
  }

  async #outcome(session: Session): Promise<RunResult> {
    const { services, signal, sendAgain } = this.#work;
    const { run: sent, prompt, wishes = {}, files = [] } = this.#record.snapshot;
    const send = (message: string): Promise<RunResult> =>
      this.#send((options) => session.run(message, options), {});
    if (sent === undefined) {
      this.#record.report('run', 'Sending the message');
      return send(messageOf(prompt, wishes, files));
    }
    try {
      this.#record.report('run', 'Looking for the outcome of the message');
      return await this.#listen(services.openRun(sent, { signal }));
    } catch (error) {
      const unchanged = error instanceof RunInterruptedError || error instanceof RunStalledError;
      if (!unchanged || !sendAgain) throw error;
      this.#record.report('run', 'The message had no effect; sending it again, as allowed');
      return send(sent.message);
    }
  }

  async #answer(session: Session, question: AgentQuestion): Promise<RunResult> {
    const { onQuestion, signal } = this.#work;
    // With an answer at hand the question is not asked again.
    if (this.#answers === undefined) {
      const words = question.questions[0]?.prompt ?? question.title ?? 'The agent asks';
      this.#record.report('run', words, { question });
    }
    const given = this.#answers ?? onQuestion?.(question);
    this.#answers = undefined;
    const answers = await abortable(Promise.resolve(given), signal, { operation: 'video' });
    if (answers === undefined)
      throw new AwaitingInputError({ question, snapshot: this.#record.snapshot, sessionId: session.id });
    this.#record.report('run', 'Sending the answer');
    return this.#send((options) => session.answer(question, answers, options), { question });
  }

  /** Sends a message. `before` is what waited for it, and waits again if it never leaves. */
  async #send(
    start: (options: RunOptions) => Run,
    before: Pick<VideoSnapshot, 'question'>,
  ): Promise<RunResult> {
    const { signal } = this.#work;
    let left = false;
    const run = start({
      signal,
      onSend: async (snapshot) => {
        await this.#record.save({ run: snapshot }, 'question');
        throwIfAborted(signal, 'video');
        left = true;
      },
    });
    try {
      return await this.#listen(run);
    } catch (error) {
      // A later process must not wait for the outcome of a message that never left. If that cannot be stored, it does.
      const isStored = this.#record.snapshot.run !== undefined;
      if (isStored && (!left || neverArrived(error))) await this.#record.save(before, 'run').catch(() => {});
      throw error;
    }
  }

  async #listen(run: Run): Promise<RunResult> {
    const sentences = new Sentences();
    let reports = 0;
    const report = (message: string, more: { timeline?: Timeline } = {}): void => {
      reports += 1;
      this.#record.report('run', message, more, estimatedPercent(reports));
    };
    for await (const event of run) {
      if (event.type === 'text') for (const sentence of sentences.next(event.text)) report(sentence);
      else if (event.type === 'timeline') report('The timeline changed', { timeline: event.timeline });
      else if (event.type === 'still_working') report('Still working…');
      else if (event.type === 'recovering') report('The connection broke; looking for the outcome');
    }
    return run.result();
  }
}

/** Whether the failure of a run proves that the service accepted no message. */
function neverArrived(error: unknown): boolean {
  if (!isNemoVideoError(error)) return false;
  // An error with the snapshot of a run means that the message may be at work; one of the network, that nothing was sent.
  const mayHave = error instanceof RunError || ('snapshot' in error && error.snapshot !== undefined);
  return error instanceof NetworkError || !mayHave;
}
