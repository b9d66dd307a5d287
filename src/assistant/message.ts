import type { Timeline } from '../draft/index.js';
import type { ActionKind } from '../run/index.js';
import type { MediaInput } from '../session/index.js';
import type { Catalogue } from './catalogue.js';
import { type Downloads, deliver } from './deliver.js';
import { answer, catchUp, type Edited, edit } from './edit.js';
import { courtesyOf, limitOf, withoutDelivery } from './free-answers.js';
import { explainIntent, HANDED_OVER, type IntentOptions, type IntentStep } from './intent.js';
import { ask, dropsQuestion, isOption, nextPart, type OpenQuestion, readAnswer } from './relayed-question.js';
import type { SuggestionReply } from './reply.js';
import { giveTip, showCredits, showState, type Turn } from './turn.js';

/** What a person said. */
export interface Said {
  readonly message: string;
  readonly files: readonly MediaInput[];
}

/** What of the options decides how a message is answered. */
export interface Manners extends IntentOptions {
  readonly downloads: Downloads | undefined;
  /** Whether what the agent asks of a screen is proposed, not done, where it costs or exports. */
  readonly offersOnly: boolean;
}

/** Carries out one message: uploads, then every step that it asks for, then what the agent asked of a screen. */
export async function carryOut(turn: Turn, said: Said, manners: Manners): Promise<void> {
  await new Message(turn, said, manners).carryOut();
}

/** Forbids an export, whatever the agent asks for. `explainIntent` leaves a refused order out. */
const REFUSES_EXPORT =
  /\b(?:do ?n[o']?t|do not|don’t|never|without|no)\s+(?:\w+\s+){0,2}(?:export|download|render)|(?:别|不要|不用|先不|暂不|无需)[^，。,.]{0,4}(?:导出|下载|渲染)/iu;

class Message {
  readonly #turn: Turn;
  readonly #said: Said;
  readonly #manners: Manners;
  /** What has been shown or done for this message, so that nothing happens twice. */
  readonly #done = new Set<ActionKind>();
  #last: Edited | undefined;
  #delivered = false;
  /** What the agent proposed, as sentences for the person to say. */
  readonly #offers: string[] = [];

  constructor(turn: Turn, said: Said, manners: Manners) {
    this.#turn = turn;
    this.#said = said;
    this.#manners = manners;
    if (REFUSES_EXPORT.test(said.message)) this.#done.add('export');
  }

  async carryOut(): Promise<void> {
    const { message, files } = this.#said;
    const { run } = this.#turn.memory();
    if (run !== undefined) this.#last = await catchUp(this.#turn, run);
    if (files.length > 0) await receive(this.#turn, files);
    const { question } = this.#turn.memory();
    if (message === '')
      return question === undefined ? this.#close(files.length > 0) : ask(this.#turn, question);
    const rules = [...(this.#manners.rules ?? []), ...(files.length > 0 ? [HANDED_OVER] : [])];
    const { steps } = explainIntent(message, { rules });
    if (question !== undefined) return this.#reply(question, steps);
    for (const step of steps) await this.#take(step);
    await this.#obey();
    await this.#close(
      steps.some(({ intent }) => intent === 'run' || intent === 'export') || files.length > 0,
    );
  }

  /** Takes the message for the answer to the agent's question, unless it asks for something else that is free. */
  async #reply(open: OpenQuestion, steps: readonly IntentStep[]): Promise<void> {
    const { message } = this.#said;
    const { reply, words, remember } = this.#turn;
    const part = nextPart(open);
    const courtesy = courtesyOf(message);
    if (dropsQuestion(message)) {
      await remember({ question: undefined });
      return reply({ type: 'text', text: words.questionDropped });
    }
    if (courtesy !== undefined) reply({ type: 'text', text: words[courtesy] });
    else if (
      part !== undefined &&
      !isOption(part, message) &&
      steps.every(({ intent }) => intent !== 'run')
    ) {
      for (const step of steps) await this.#take(step);
    } else if (part !== undefined) {
      const next = { ...open, answers: { ...open.answers, [part.id]: readAnswer(part, message) } };
      await remember({ question: next });
      if (nextPart(next) === undefined) return this.#answer(next);
      return ask(this.#turn, next);
    } else return this.#answer(open);
    ask(this.#turn, open);
  }

  async #answer(open: OpenQuestion): Promise<void> {
    this.#turn.reply({ type: 'status', text: this.#turn.words.working });
    this.#learn(await answer(this.#turn, open));
    await this.#obey();
    await this.#close(true);
  }

  async #take({ intent, text }: IntentStep): Promise<void> {
    const limit = limitOf(text);
    if (limit !== undefined) {
      // Said before anything is paid for.
      this.#turn.reply({ type: 'text', text: this.#turn.words.cannot[limit] });
      const rest = intent === 'run' ? withoutDelivery(text) : '';
      if (rest !== '') await this.#edit(rest);
      return;
    }
    switch (intent) {
      case 'export':
        this.#done.delete('export');
        return this.#once('export', () => this.#deliver());
      case 'credits':
        return this.#once('show_credits', () => showCredits(this.#turn));
      case 'state':
        return this.#once('show_state', () => showState(this.#turn, { media: true }));
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
      this.#turn.reply({ type: 'text', text: this.#turn.words.askForFiles });
  }

  async #edit(message: string): Promise<void> {
    this.#turn.reply({ type: 'status', text: this.#turn.words.working });
    this.#learn(await edit(this.#turn, message));
  }

  #learn(edited: Edited): void {
    const before = this.#last;
    this.#last =
      before === undefined ? edited : { ...edited, actions: [...before.actions, ...edited.actions] };
    // A preview would repeat the summary that has just been shown.
    if (edited.changes.length > 0) this.#done.add('show_timeline');
  }

  /** Carries out what the agent asked of a screen. What it asks in return is left undone: that could continue for ever. */
  async #obey(): Promise<void> {
    const actions = this.#last?.actions ?? [];
    const asks = (...kinds: readonly ActionKind[]): boolean =>
      actions.some(({ action }) => kinds.includes(action));
    const forItself = actions.filter(({ action }) => action === 'send_edit' || action === 'execute');
    const phrases = [...new Set(forItself.map(({ phrase }) => phrase))];
    if (this.#manners.offersOnly) this.#offers.push(...phrases);
    else if (phrases.length > 0) {
      await this.#edit(this.#turn.words.doItYourself(phrases));
    }
    if (asks('show_state')) await this.#once('show_state', () => showState(this.#turn, { media: true }));
    if (asks('show_timeline') && !this.#done.has('show_state')) {
      await this.#once('show_timeline', () => showState(this.#turn, { media: false }));
    }
    if (asks('show_credits')) await this.#once('show_credits', () => showCredits(this.#turn));
    if (!asks('export') || this.#done.has('export')) return;
    if (this.#manners.offersOnly) this.#offers.push(this.#turn.words.suggestions.export);
    else await this.#once('export', () => this.#deliver());
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
    const { session, words, reply, signal, own } = this.#turn;
    // Nothing was finished: nothing is suggested beside the question.
    if (this.#last?.asked) return;
    if (this.#offers.length > 0) {
      reply({ type: 'suggestion', text: words.offer(this.#offers), suggestions: this.#offers });
      return;
    }
    if (!offers) return;
    const timeline = this.#last?.timeline ?? (await session.timeline({ signal }));
    reply(suggest(timeline, words, { delivered: this.#delivered, said: own }));
  }
}

/** More images than this take noticeably longer to render (the service's own advice: fewer than 10). */
const FEW_IMAGES = 10;

/** The formats that work best for pictures (the service's own advice). */
const BEST = /\.(?:mp4|mov|jpe?g|png)$/i;

/** Uploads files, and replies with the progress and with what arrived. */
async function receive(turn: Turn, files: readonly MediaInput[]): Promise<void> {
  const { session, words, signal, reply } = turn;
  reply({ type: 'status', text: words.uploading(files.length) });
  let shown = -1;
  const uploads = await session.upload(files, {
    signal,
    onProgress: ({ loaded, total }) => {
      const percent = total === undefined || total === 0 ? 0 : Math.floor((loaded / total) * 100);
      if (percent > shown)
        reply({ type: 'progress', phase: 'upload', percent, text: words.uploadProgress(percent) });
      shown = Math.max(shown, percent);
    },
  });
  reply({ type: 'text', text: words.uploaded(uploads.map(({ name }) => name)) });
  await turn.remember({ renderId: undefined });
  if (uploads.filter(({ kind }) => kind === 'image').length >= FEW_IMAGES) await giveTip(turn, 'fewImages');
  if (uploads.some(({ kind, name }) => kind !== 'audio' && !BEST.test(name))) await giveTip(turn, 'formats');
}

/** The addresses in a message that asks for an upload: the service fetches them itself. */
function addressesIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s"'<>“”，。、）)]+/g)].map(([address]) =>
    address.replace(/[.,;:!?]+$/, ''),
  );
}

/** What the person could say next, judging by the timeline: at most three sentences, none that was `said` before. */
function suggest(
  timeline: Timeline | undefined,
  words: Catalogue,
  { delivered, said }: { readonly delivered: boolean; readonly said: string },
): SuggestionReply {
  const { create, ...more } = words.suggestions;
  const suggestions = timeline?.isExportable()
    ? nextEdits(timeline, more, delivered, said.toLowerCase())
    : create;
  return { type: 'suggestion', text: words.suggest(suggestions), suggestions };
}

function nextEdits(
  timeline: Timeline,
  more: Omit<Catalogue['suggestions'], 'create'>,
  delivered: boolean,
  said: string,
): string[] {
  const has = (...roles: readonly string[]): boolean =>
    timeline.tracks.some(({ role }) => roles.includes(role));
  const edits = [
    ...(has('bgm', 'audio', 'sound', 'voice') ? [] : [more.music]),
    ...(has('title', 'text', 'caption', 'subtitle') ? [more.bigger] : [more.title]),
    ...(has('bgm') ? [more.quieter] : []),
    ...(timeline.durationMs > 10_000 ? [more.shorter] : []),
    more.vertical,
    more.captions,
  ].filter((edit) => !said.includes(edit.toLowerCase()));
  return delivered ? edits.slice(0, 2) : [...edits.slice(0, 2), more.export];
}
