import type { ActionKind } from '../run/index.js';
import type { MediaInput } from '../session/index.js';
import { type Downloads, deliver } from './deliver.js';
import { catchUp, type Edited, edit } from './edit.js';
import { HANDED_OVER } from './handed-over.js';
import { explainIntent, type IntentOptions, type IntentStep } from './intent/index.js';
import { tellCredits, tellState } from './look.js';
import { addressesIn, receive } from './receive.js';
import { suggest } from './suggest.js';
import type { Turn } from './turn.js';

/** What a person said. */
export interface Said {
  readonly message: string;
  readonly files: readonly MediaInput[];
}

/** What of the options decides how a message is answered. */
export interface Manners extends IntentOptions {
  readonly downloads: Downloads | undefined;
}

/** Answers one message: uploads, then every step that the message asks for, then what the agent asked of a screen. */
export async function answer(turn: Turn, said: Said, manners: Manners): Promise<void> {
  await new Answer(turn, said, manners).give();
}

/** Not to be exported, whatever the agent asks for. The routing of intents leaves such an order out. */
const REFUSES_EXPORT =
  /\b(?:do ?n[o']?t|do not|don’t|never|without|no)\s+(?:\w+\s+){0,2}(?:export|download|render)|(?:别|不要|不用|先不|暂不|无需)[^，。,.]{0,4}(?:导出|下载|渲染)/iu;

class Answer {
  readonly #turn: Turn;
  readonly #said: Said;
  readonly #manners: Manners;
  /** What was told or done, so that nothing is told or exported twice for one message. */
  readonly #done = new Set<ActionKind>();
  #last: Edited | undefined;
  #delivered = false;

  constructor(turn: Turn, said: Said, manners: Manners) {
    this.#turn = turn;
    this.#said = said;
    this.#manners = manners;
    if (REFUSES_EXPORT.test(said.message)) this.#done.add('export');
  }

  async give(): Promise<void> {
    const { message, files } = this.#said;
    const { run } = this.#turn.memory();
    if (run !== undefined) this.#last = await catchUp(this.#turn, run);
    if (files.length > 0) await receive(this.#turn, files);
    if (message === '') return this.#close(files.length > 0);
    const rules = [...(this.#manners.rules ?? []), ...(files.length > 0 ? [HANDED_OVER] : [])];
    const { steps } = explainIntent(message, { rules });
    for (const step of steps) await this.#take(step);
    await this.#obey();
    await this.#close(
      steps.some(({ intent }) => intent === 'run' || intent === 'export') || files.length > 0,
    );
  }

  async #take({ intent, text }: IntentStep): Promise<void> {
    switch (intent) {
      case 'export':
        this.#done.delete('export');
        return this.#once('export', () => this.#deliver());
      case 'credits':
        return this.#once('show_credits', () => tellCredits(this.#turn));
      case 'state':
        return this.#once('show_state', () => tellState(this.#turn, { media: true }));
      case 'upload':
        return this.#upload(text);
      case 'run':
        await this.#edit(text);
    }
  }

  async #upload(text: string): Promise<void> {
    const addresses = addressesIn(text);
    if (addresses.length > 0) await receive(this.#turn, addresses);
    else if (this.#said.files.length === 0)
      this.#turn.tell({ type: 'text', text: this.#turn.words.askForFiles });
  }

  async #edit(message: string): Promise<void> {
    this.#turn.tell({ type: 'status', text: this.#turn.words.working });
    const before = this.#last;
    const edited = await edit(this.#turn, message);
    this.#last =
      before === undefined ? edited : { ...edited, actions: [...before.actions, ...edited.actions] };
    // The summary that a preview would show has just been told.
    if (edited.changes.length > 0) this.#done.add('show_timeline');
  }

  /** Carries out what the agent asked of a screen. What it asks in answer to that is not: it could go on for ever. */
  async #obey(): Promise<void> {
    const actions = this.#last?.actions ?? [];
    const asks = (...kinds: readonly ActionKind[]): boolean =>
      actions.some(({ action }) => kinds.includes(action));
    const forItself = actions.filter(({ action }) => action === 'send_edit' || action === 'execute');
    if (forItself.length > 0) {
      const phrases = [...new Set(forItself.map(({ phrase }) => phrase))];
      await this.#edit(this.#turn.words.doItYourself(phrases));
    }
    if (asks('show_state')) await this.#once('show_state', () => tellState(this.#turn, { media: true }));
    if (asks('show_timeline') && !this.#done.has('show_state')) {
      await this.#once('show_timeline', () => tellState(this.#turn, { media: false }));
    }
    if (asks('show_credits')) await this.#once('show_credits', () => tellCredits(this.#turn));
    if (asks('export')) await this.#once('export', () => this.#deliver());
  }

  async #deliver(): Promise<void> {
    await deliver(this.#turn, this.#manners.downloads);
    this.#delivered = true;
  }

  async #once(action: ActionKind, act: () => Promise<void>): Promise<void> {
    if (this.#done.has(action)) return;
    this.#done.add(action);
    await act();
  }

  async #close(offers: boolean): Promise<void> {
    if (!offers) return;
    const { session, words, tell, signal, own } = this.#turn;
    const timeline = this.#last?.timeline ?? (await session.timeline({ signal }));
    tell(suggest(timeline, words, { delivered: this.#delivered, said: own }));
  }
}
