import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { isMediaInput, MEDIA_INPUT_FORMS, type Session, type SessionSnapshot } from '../session/index.js';
import type { Catalogue } from './catalogue.js';
import type { Downloads } from './deliver.js';
import type { Intent, IntentRule } from './intent.js';
import type { AssistantSnapshot } from './turn.js';
import { ENGLISH } from './wording.js';

/** What an assistant needs to open its session. */
export interface ConnectRequest {
  /** The person's language, as a BCP 47 tag: for `nemo.sessions.create({ language })`. */
  readonly language: string;
  /** The project of an earlier conversation, to open instead of a new one. */
  readonly session?: SessionSnapshot | undefined;
  readonly signal: AbortSignal;
}

/**
 * Opens the session when the first message comes:
 * `({ session, ...request }) => (session ? nemo.sessions.open(session) : nemo.sessions.create(request))`.
 */
export type Connect = (request: ConnectRequest) => Session | Promise<Session>;

/** Options of `new Assistant(session, options)`. */
export interface AssistantOptions {
  /**
   * The language of the replies, as a BCP 47 tag. Default: English or Chinese, like the last message; until a message
   * shows which, the client's `language`.
   */
  readonly language?: string | undefined;
  /** Sentences in further languages, or other sentences in these, by language tag. */
  readonly catalogues?: Readonly<Record<string, Catalogue>> | undefined;
  /** Your own rules for what a message asks for; see `explainIntent`. */
  readonly rules?: readonly IntentRule[] | undefined;
  /**
   * Where finished videos are saved: an existing folder, in which they are named `video-1.mp4` and so on, or a function
   * from a name to a destination. Default: nowhere; the reply then has the address only.
   */
  readonly downloads?: Downloads | undefined;
  /**
   * What happens when the agent asks the person to press a button ("click Export"): `execute` does it, as the service's
   * own skill has it; `offer` proposes exports and edits, and leaves them to the person. Default `execute`.
   */
  readonly guiActions?: 'execute' | 'offer' | undefined;
  /** What an earlier assistant remembered, as `onChange` or `toJSON()` gave it. */
  readonly snapshot?: AssistantSnapshot | undefined;
  /** Awaited when what is remembered changes, before anything that costs credits. If it throws, the message ends. */
  readonly onChange?: ((snapshot: AssistantSnapshot) => void | Promise<void>) | undefined;
}

/** How to say something. */
export interface SayOptions {
  /** Uploaded before the message is carried out. */
  readonly files?: Parameters<Session['upload']>[0] | undefined;
  /** Stops the message, or takes it out of the queue. */
  readonly signal?: AbortSignal | undefined;
}

const FIELDS: Fields<AssistantOptions> = {
  language: 'string',
  catalogues: 'object',
  rules: 'any',
  downloads: 'any',
  guiActions: 'any',
  snapshot: 'any',
  onChange: 'function',
};

const SAY_FIELDS: Fields<SayOptions> = { files: 'any', signal: 'signal' };

const RULE_FIELDS: Fields<IntentRule> = { name: 'string', intent: 'any', when: 'any' };

const INTENTS: Readonly<Record<Intent, true>> = {
  export: true,
  credits: true,
  state: true,
  upload: true,
  run: true,
};

/**
 * Checks what an assistant is made with: most of it is used only after something was paid for.
 * @throws {@link OptionError} for the first option that cannot be used.
 */
export function checkAssistantOptions(options: AssistantOptions): void {
  checkFields(options, FIELDS);
  const { catalogues = {}, rules = [], downloads, guiActions } = options;
  if (guiActions !== undefined && guiActions !== 'execute' && guiActions !== 'offer')
    throw new OptionError({ field: 'guiActions', accepted: "'execute' or 'offer'" });
  for (const [tag, catalogue] of Object.entries(catalogues)) {
    checkLike(catalogue, ENGLISH, `catalogues.${tag}`);
  }
  if (!Array.isArray(rules)) throw new OptionError({ field: 'rules', accepted: 'a list of rules' });
  for (const [index, rule] of rules.entries()) checkRule(rule, `rules[${index}]`);
  const isFolder = typeof downloads === 'string' && downloads.trim() !== '';
  if (downloads !== undefined && !isFolder && typeof downloads !== 'function') {
    throw new OptionError({
      field: 'downloads',
      accepted: 'the path of a folder, or a function from a name',
    });
  }
}

/**
 * Checks what comes with a message.
 * @throws {@link OptionError} for the first option that cannot be used.
 */
export function checkSayOptions(options: SayOptions): void {
  checkFields(options, SAY_FIELDS);
  const files: unknown = options.files;
  if (files === undefined) return;
  const list: readonly unknown[] = Array.isArray(files) ? files : [files];
  const wrong = list.findIndex((file) => !isMediaInput(file));
  if (wrong < 0) return;
  throw new OptionError({
    field: Array.isArray(files) ? `files[${wrong}]` : 'files',
    accepted: MEDIA_INPUT_FORMS,
  });
}

function checkRule(rule: IntentRule, field: string): void {
  checkFields(rule, RULE_FIELDS, field);
  const { name, intent, when } = rule;
  if (name === undefined) throw new OptionError({ field: `${field}.name`, accepted: 'a name' });
  if (typeof intent !== 'string' || !Object.hasOwn(INTENTS, intent)) {
    throw new OptionError({
      field: `${field}.intent`,
      accepted: `one of ${Object.keys(INTENTS).join(', ')}`,
    });
  }
  // Not `instanceof`: a pattern may come from another realm.
  if (typeof when !== 'function' && Object.prototype.toString.call(when) !== '[object RegExp]') {
    throw new OptionError({ field: `${field}.when`, accepted: 'a regular expression or a function' });
  }
}

/** Whether a catalogue has all that the model has: a sentence that is missing would be missed when it is said. */
function checkLike(value: unknown, model: unknown, field: string): void {
  if (typeof model === 'string' || typeof model === 'function') {
    if (typeof value === typeof model) return;
    throw new OptionError({ field, accepted: typeof model === 'string' ? 'a sentence' : 'a function' });
  }
  if (Array.isArray(model)) {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return;
    throw new OptionError({ field, accepted: 'a list of sentences' });
  }
  if (typeof value !== 'object' || value === null) {
    throw new OptionError({ field, accepted: 'an object with all the sentences of a `Catalogue`' });
  }
  for (const [key, part] of Object.entries(Object(model)))
    checkLike(Reflect.get(value, key), part, `${field}.${key}`);
}
