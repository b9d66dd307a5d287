import { checkFields, type Fields, OptionError } from '../errors/index.js';
import { isMediaInput, MEDIA_INPUT_FORMS } from '../session/index.js';
import { ENGLISH } from './catalogue/index.js';
import type { Intent, IntentRule } from './intent/index.js';
import type { AssistantOptions, SayOptions } from './options.js';

const FIELDS: Fields<AssistantOptions> = {
  language: 'string',
  catalogues: 'object',
  rules: 'any',
  downloads: 'any',
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
  const { catalogues = {}, rules = [], downloads } = options;
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
