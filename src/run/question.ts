import { type AgentQuestion, OptionError, printable } from '../errors/index.js';
import { fieldsOf, isObject } from '../wire/index.js';

type JsonObject = Readonly<Record<string, unknown>>;
type Question = AgentQuestion['questions'][number];

/** The answers to a question, by the ids of its parts: the id of an option, several of them, or free text. */
export type QuestionAnswers = Readonly<Record<string, string | readonly string[]>>;

/** What the service writes for a part without an answer (wire document, "The agent asks questions"). */
const SKIPPED = 'Skipped';

/**
 * The question in a tool call; undefined for any other call. `ask_question` is the vendor's; the others are reserved by
 * ADK for a confirmation, a credential and an input. What the agent asks is never lost: where the arguments have no
 * readable part, the question has one without a prompt, and everything is in `raw`.
 */
export function questionIn(
  id: string | undefined,
  name: string,
  args: JsonObject,
): AgentQuestion | undefined {
  const read = READERS[name];
  if (read === undefined) return undefined;
  const title = textIn(args, ['title']);
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    source: read.source,
    questions: read.parts(args),
    raw: args,
  };
}

interface Reader {
  readonly source: AgentQuestion['source'];
  readonly parts: (args: JsonObject) => Question[];
}

const YES_OR_NO = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
];

const READERS: Readonly<Record<string, Reader | undefined>> = {
  ask_question: { source: 'ask_question', parts: askedParts },
  adk_request_confirmation: {
    source: 'adk_request_confirmation',
    parts(args) {
      const hint = textIn(fieldsOf(args.toolConfirmation ?? args.tool_confirmation), ['hint']);
      const call = textIn(fieldsOf(args.originalFunctionCall ?? args.original_function_call), ['name']);
      const prompt = hint ?? `Confirm ${call ?? 'this step'}?`;
      return [{ id: 'confirmed', prompt, options: YES_OR_NO, allowMultiple: false }];
    },
  },
  adk_request_credential: {
    source: 'adk_request_credential',
    parts: (args) => [
      {
        id: 'credential',
        prompt: textIn(args, MESSAGES) ?? 'The agent asks for a credential.',
        options: [],
        allowMultiple: false,
      },
    ],
  },
  adk_request_input: {
    source: 'adk_request_input',
    parts: (args) => [
      {
        id: 'input',
        prompt: textIn(args, MESSAGES) ?? '',
        options: optionsIn(args),
        allowMultiple: false,
      },
    ],
  },
};

const MESSAGES = ['message', 'prompt', 'question', 'text', 'hint'];

/** `questions: [{ id, prompt, options, allow_multiple? }]`, also as JSON text; else the arguments are one part. */
function askedParts(args: JsonObject): Question[] {
  const list = parsed(args.questions);
  const parts = Array.isArray(list) && list.length > 0 ? list : [args];
  return parts.map((part: unknown, index) => {
    const fields = isObject(part) ? part : { prompt: part };
    const multiple = fields.allow_multiple ?? fields.allowMultiple;
    return {
      id: idOf(fields.id) ?? String(index + 1),
      prompt: textIn(fields, ['prompt', 'question', 'text', 'message', 'title']) ?? '',
      options: optionsIn(fields),
      allowMultiple: multiple === true || multiple === 'true',
    };
  });
}

function optionsIn(fields: JsonObject): Question['options'] {
  const list = parsed(fields.options ?? fields.choices);
  if (!Array.isArray(list)) return [];
  return list.flatMap((option: unknown) => {
    if (!isObject(option))
      return typeof option === 'string' ? [{ id: option, label: printable(option) }] : [];
    const label = textIn(option, ['label', 'text', 'name', 'value']);
    const id = idOf(option.id) ?? label;
    return id === undefined ? [] : [{ id, label: label ?? id }];
  });
}

/** Words for a person, which may be shown on a terminal. As they were sent, they are in `raw`. */
function textIn(fields: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = fields[key];
    const text = typeof value === 'string' ? printable(value) : '';
    if (text.trim() !== '') return text;
  }
  return undefined;
}

function idOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** Some models write the arguments of a tool as JSON text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * The message that answers a question, in the documented form: a line for each part, `1. <prompt>: <label>, <label>`, or
 * `Skipped` (wire document, "The agent asks questions").
 * @throws {@link OptionError} naming an answer that is to no part, or of the wrong form, before anything is sent.
 */
export function answerMessage(question: AgentQuestion, answers: QuestionAnswers): string {
  const parts: unknown = fieldsOf(question).questions;
  if (!Array.isArray(parts) || !parts.every(isPart)) {
    throw new OptionError({
      field: 'question',
      accepted: 'a question of the agent',
      hint: 'Pass the `question` of the result, of a `question` event, or of an AwaitingInputError.',
    });
  }
  if (!isObject(answers)) {
    throw new OptionError({ field: 'answers', accepted: 'an object with an answer for each question id' });
  }
  const ids = parts.map(({ id }) => id);
  for (const id of Object.keys(answers)) {
    if (ids.includes(id)) continue;
    throw new OptionError({
      field: `answers.${id}`,
      accepted: `an answer to one of the questions ${ids.join(', ')}`,
      hint: 'Use the ids of `question.questions`.',
    });
  }
  return parts
    .map((part, index) => `${index + 1}. ${part.prompt}: ${answerTo(part, answers[part.id])}`)
    .join('\n');
}

function isPart(part: unknown): part is Question {
  const { id, prompt, options } = fieldsOf(part);
  return (
    typeof id === 'string' && typeof prompt === 'string' && Array.isArray(options) && options.every(isOption)
  );
}

function isOption(option: unknown): boolean {
  const { id, label } = fieldsOf(option);
  return typeof id === 'string' && typeof label === 'string';
}

function answerTo({ id, options, allowMultiple }: Question, answer: unknown): string {
  if (answer === undefined) return SKIPPED;
  const field = `answers.${id}`;
  const given: unknown[] = Array.isArray(answer) ? answer : [answer];
  const texts = given.map((choice) => {
    if (typeof choice !== 'string') {
      throw new OptionError({ field, accepted: 'the id of an option, a list of them, or a text' });
    }
    return options.find((option) => option.id === choice)?.label ?? choice;
  });
  if (texts.length > 1 && !allowMultiple) throw new OptionError({ field, accepted: 'a single answer' });
  // One line for each part: a line break in an answer would look like the next part.
  const line = texts
    .join(', ')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return line === '' ? SKIPPED : line;
}
