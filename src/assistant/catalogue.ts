import { CHINESE, ENGLISH } from './wording.js';

/** What the sentence about a finished file may name. */
export interface DeliveredFile {
  /** The path, else the address, else nothing. */
  readonly place: string | undefined;
  /** Ready to print: `2.3 MB`. */
  readonly size: string | undefined;
  /** In seconds, with at most one decimal. */
  readonly seconds: number;
  readonly claimUrl: string | undefined;
}

/** What an error sentence may name. Every part may be missing. */
export interface ErrorWords {
  readonly file: string | undefined;
  /** Accepted formats, in capitals. */
  readonly formats: readonly string[];
  /** The largest upload, ready to print. */
  readonly limit: string;
  readonly registerUrl: string | undefined;
  /** A moment, as a date and time of UTC. */
  readonly until: string | undefined;
  readonly waitSeconds: number;
}

/** A question of the agent, or a part of it. */
export interface QuestionWords {
  /** What it is about, on the first part. */
  readonly title: string | undefined;
  /** May be empty. */
  readonly prompt: string;
  /** To be numbered; empty where any text will do. */
  readonly options: readonly string[];
  /** Whether more than one option may be chosen. */
  readonly several: boolean;
}

/** The kinds of failure that a person can do something different about. */
export type ErrorKind =
  | 'credits'
  | 'creditsAnonymous'
  | 'exportNotAllowed'
  | 'unsupportedMedia'
  | 'mediaTooLarge'
  | 'mediaMissing'
  | 'mediaChanged'
  | 'nothingToExport'
  | 'renderFailed'
  | 'renderTimeout'
  | 'download'
  | 'sessionGone'
  | 'authentication'
  | 'tokenLater'
  | 'rateLimit'
  | 'unreachable'
  | 'interrupted'
  | 'outcomeUnknown'
  | 'agentFailed'
  | 'other';

/** The tips of the makers of the service. */
export type TipKind = 'beSpecific' | 'fewImages' | 'formats';

/**
 * Every sentence of the assistant in one language. To add one, write an object of this type and pass it to
 * `new Assistant(session, { catalogues: { de: GERMAN }, language: 'de' })`.
 */
export interface Catalogue {
  readonly connecting: string;
  readonly reconnecting: string;
  readonly queued: string;
  /** How many files are being sent. */
  uploading(files: number): string;
  /** Which files are in the session now. */
  uploaded(names: readonly string[]): string;
  readonly working: string;
  /** Every two minutes of a long answer. */
  stillWorking(minutes: number): string;
  readonly recovering: string;
  readonly catchingUp: string;
  /** The first of two stages of a new video is done. */
  readonly firstStage: string;
  /** Of a silent edit: what changed, one sentence each. */
  changed(changes: readonly string[]): string;
  readonly unchanged: string;
  readonly emptyTimeline: string;
  /** Which files the session holds. */
  media(names: readonly string[]): string;
  /** The balance. */
  credits(available: number, frozen: number): string;
  readonly exporting: string;
  /** How far the render is, 0 to 100. */
  exportProgress(percent: number): string;
  /** How far the upload is, 0 to 100. */
  uploadProgress(percent: number): string;
  /** How far the download is, 0 to 100. */
  downloadProgress(percent: number): string;
  /** The finished video. */
  file(file: DeliveredFile): string;
  /** The agent asks: the question with its options. */
  question(question: QuestionWords): string;
  readonly questionDropped: string;
  readonly askForFiles: string;
  readonly askForMessage: string;
  readonly greeting: string;
  readonly thanks: string;
  /** What the service cannot do, and what the person could have instead. */
  readonly cannot: Readonly<Record<'gif' | 'resolution' | 'sending' | 'source', string>>;
  readonly stopped: string;
  /** With `guiActions: 'offer'`: what the editor proposes, as sentences that the person can say. */
  offer(sentences: readonly string[]): string;
  /** Sent to the backend when it asks the person to do something on a screen: asks it to act itself. */
  doItYourself(phrases: readonly string[]): string;
  /** What the person could say next. */
  suggest(suggestions: readonly string[]): string;
  readonly suggestions: {
    readonly create: readonly string[];
    readonly music: string;
    readonly title: string;
    readonly captions: string;
    readonly bigger: string;
    readonly quieter: string;
    readonly export: string;
    readonly shorter: string;
    readonly vertical: string;
  };
  readonly tips: Readonly<Record<TipKind, string>>;
  /** What happened and what to do, in one sentence for each kind of failure. */
  readonly errors: Readonly<Record<ErrorKind, (words: ErrorWords) => string>>;
}

/** What is in quotation marks is content, in whatever language. */
const QUOTED = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|'[^']{2,}'/g;

/** The language of a message, English or Chinese; undefined where it shows neither. */
export function languageOf(message: string): 'en' | 'zh' | undefined {
  const words = message.replace(QUOTED, '');
  if (/\p{Script=Han}/u.test(words)) return 'zh';
  return /[a-z]{2}/i.test(words.replace(/\S+[./\\]\S+/g, '')) ? 'en' : undefined;
}

/** The sentences of a language: the person's own first, then those built in, then English. */
export function catalogueFor(language: string, own: Readonly<Record<string, Catalogue>> = {}): Catalogue {
  const wanted = language.toLowerCase();
  const all = { en: ENGLISH, zh: CHINESE, ...own };
  const found = Object.entries(all).find(([tag]) => tag.toLowerCase() === wanted);
  const related = Object.entries(all).find(([tag]) => tag.toLowerCase() === wanted.split('-')[0]);
  return (found ?? related)?.[1] ?? ENGLISH;
}
