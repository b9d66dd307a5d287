/** What a file reply says. */
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

/** The tips of the service's makers. */
export type TipKind = 'beSpecific' | 'fewImages' | 'formats';

/**
 * Every sentence of the assistant in one language. To add one, write an object of this type and give it to
 * `new Assistant(session, { catalogues: { de: GERMAN }, language: 'de' })`.
 */
export interface Catalogue {
  readonly connecting: string;
  readonly reconnecting: string;
  readonly queued: string;
  uploading(files: number): string;
  uploaded(names: readonly string[]): string;
  readonly working: string;
  stillWorking(minutes: number): string;
  readonly recovering: string;
  readonly catchingUp: string;
  /** The first of two stages of a new video is done. */
  readonly firstStage: string;
  /** Of a silent edit: what changed, one sentence each. */
  changed(changes: readonly string[]): string;
  readonly unchanged: string;
  readonly emptyTimeline: string;
  media(names: readonly string[]): string;
  credits(available: number, frozen: number): string;
  readonly exporting: string;
  exportProgress(percent: number): string;
  uploadProgress(percent: number): string;
  downloadProgress(percent: number): string;
  file(file: DeliveredFile): string;
  readonly askForFiles: string;
  readonly askForMessage: string;
  readonly stopped: string;
  /** Sent to the backend when it asks the person to do something on a screen: that it shall do so itself. */
  doItYourself(phrases: readonly string[]): string;
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
  readonly errors: Readonly<Record<ErrorKind, (words: ErrorWords) => string>>;
}
