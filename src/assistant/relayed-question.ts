import { type AgentQuestion, redact } from '../errors/index.js';
import type { QuestionAnswers } from '../run/index.js';
import type { Turn } from './turn.js';

type Part = AgentQuestion['questions'][number];

/** A question of the agent with the answers so far; its parts are asked one after the other. */
export interface OpenQuestion {
  readonly question: AgentQuestion;
  readonly answers: QuestionAnswers;
}

/** The part that is to be answered next; undefined when all are. */
export function nextPart({ question, answers }: OpenQuestion): Part | undefined {
  return question.questions.find(({ id }) => answers[id] === undefined);
}

/** Replies with the part that is to be answered next. */
export function ask(turn: Turn, open: OpenQuestion): void {
  const { question } = open;
  const part = nextPart(open);
  if (part === undefined) return;
  const { words, reply } = turn;
  const isFirst = part === question.questions[0];
  const text = words.question({
    title: isFirst && question.title !== undefined ? redact(question.title) : undefined,
    prompt: redact(part.prompt),
    options: part.options.map(({ label }) => redact(label)),
    several: part.allowMultiple,
  });
  reply({ type: 'question', text, question, options: part.options.map(({ label }) => label) });
}

/** A person who wants to continue without an answer. */
const DROPS =
  /^(?:never ?mind|forget (?:it|that|about it)|cancel(?: (?:it|that))?|stop asking|算了|取消|不用了|不回答了)$/u;
const SKIPS =
  /^(?:skip(?: (?:it|this|that))?|pass|no preference|whatever|any(?:thing)?|i don't (?:care|mind)|跳过|随便|都行|都可以|无所谓)$/u;
const ORDINALS: readonly RegExp[] = /* @__PURE__ */ (() => [
  /^(?:the )?first(?: one| option)?$|^第一[个项种]?$/u,
  /^(?:the )?second(?: one| option)?$|^第二[个项种]?$/u,
  /^(?:the )?third(?: one| option)?$|^第三[个项种]?$/u,
  /^(?:the )?fourth(?: one| option)?$|^第四[个项种]?$/u,
  /^(?:the )?fifth(?: one| option)?$|^第五[个项种]?$/u,
])();

/** Whether a message drops the question. */
export function dropsQuestion(message: string): boolean {
  return DROPS.test(plain(message));
}

/**
 * What a message answers to a part: ids of the options that it names by number or label, the empty text where the person
 * has no preference, else the message itself.
 */
export function readAnswer(part: Part, message: string): string | readonly string[] {
  if (SKIPS.test(plain(message))) return '';
  const pieces = part.allowMultiple ? message.split(/[,，、;；]|\band\b|和/u) : [message];
  const chosen = pieces.map((piece) => optionOf(part, piece));
  if (chosen.every((id) => id !== undefined)) return part.allowMultiple ? chosen : (chosen[0] ?? message);
  const named = part.options.filter(({ label }) => names(message, label)).map(({ id }) => id);
  if (named.length === 1 || (named.length > 1 && part.allowMultiple))
    return part.allowMultiple ? named : (named[0] ?? message);
  return message;
}

/** Whether a message names an option of the part by its number or whole label. */
export function isOption(part: Part, message: string): boolean {
  return optionOf(part, message) !== undefined;
}

function optionOf({ options }: Part, piece: string): string | undefined {
  const words = plain(piece);
  const number = /^(?:option |number |no\.? |#|选项?)?(\d{1,2})$/u.exec(words)?.[1];
  const index =
    number === undefined ? ORDINALS.findIndex((ordinal) => ordinal.test(words)) : Number(number) - 1;
  return (options[index] ?? options.find(({ label }) => plain(label) === words))?.id;
}

/** Whether a sentence contains a label as whole words. */
function names(sentence: string, label: string): boolean {
  const words = plain(label);
  if (words === '') return false;
  const found = plain(sentence).indexOf(words);
  const around = `${plain(sentence)[found - 1] ?? ' '}${plain(sentence)[found + words.length] ?? ' '}`;
  return found >= 0 && (/\p{Script=Han}/u.test(words) || !/[\p{L}\p{N}]/u.test(around));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/^[\s"“「(]+|[\s"”」).!?,。！？，、]+$/gu, '')
    .replace(/[\s,，]+(?:please|pls|thanks)$|(?:吧|，?谢谢)$/u, '')
    .replace(/\s+/g, ' ');
}
