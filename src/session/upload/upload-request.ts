import { ResponseFormatError } from '../../errors/index.js';
import type { Clock } from '../../platform/clock.js';
import type { Call, RequestBody, TimeLimit, Transport } from '../../transport/index.js';
import {
  kindOfName,
  kindOfType,
  type MediaKind,
  paths,
  type UploadAnswer,
  type UploadedFileAnswer,
  type UploadUrlsBody,
  uploadAnswer,
} from '../../wire/index.js';
import type { CheckedMedia } from '../media/media-source.js';
import type { Arrivals } from './arrival.js';
import { MultipartBody } from './multipart.js';

/** How media is uploaded, complete. */
export interface UploadSettings {
  /** No byte accepted for this long, in ms: the upload counts as dead. Default 60,000. */
  readonly idleMs: number;
}

/** A file that is in the session. */
export interface UploadedMedia {
  /** As it was given; for an address, as the service calls it. */
  readonly name: string;
  readonly kind: MediaKind;
  /** Where the service keeps it. */
  readonly url: string;
  /** In pixels. */
  readonly width?: number;
  /** In pixels. */
  readonly height?: number;
  /** Frames per second. */
  readonly fps?: number;
  readonly hash?: string;
  /** The service's answer about it, untouched. Its `duration` is only here: no document says what its unit is. */
  readonly raw: unknown;
}

/** Where to upload to. */
export interface UploadTarget {
  readonly transport: Transport;
  readonly settings: UploadSettings;
  readonly sessionId: string;
  /** The media of the session as it is, in the service's own form; undefined where it is not known. */
  readonly before?: readonly unknown[] | undefined;
}

/** What the requests of one upload share. */
interface Sending extends UploadTarget {
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
}

/** Sends one file. `moved` is told how many of its bytes have been taken. */
export async function sendFile(
  target: Sending,
  media: CheckedMedia,
  moved: (bytes: number) => void,
): Promise<readonly UploadedMedia[]> {
  const { arrivals, signal } = target;
  const { name, size } = media.source;
  const { kind } = media;
  const idle = new UploadIdle(target.transport.clock, target.settings.idleMs);
  let sent: MultipartBody | undefined;
  try {
    const uploaded = await arrivals.once<UploadedMedia>({
      files: { names: [name], guessed: false },
      makeBody(onLast) {
        sent = new MultipartBody(media, {
          onOpen: () => idle.moved(),
          onTaken(bytes) {
            idle.moved();
            moved(bytes);
          },
          onLast,
          onEnd: () => idle.awaitAnswer(),
        });
        return sent;
      },
      onAttempt: () => idle.moved(),
      async send(content) {
        const limit = sent?.isObserved ? idle : UNOBSERVED_LIMIT;
        const answer = await post(target, { ...content, limit });
        const [file] = answer.files;
        if (file === undefined) throw wrongCount(target, 1, answer);
        return { uploaded: [readUploaded(file, { name, kind }, name)], shown: shownOf(answer, [name]) };
      },
      found: (file) => ({ ...file, name, kind }),
      signal,
    });
    moved(size ?? 0);
    return uploaded;
  } finally {
    sent?.close();
  }
}

/** Has the service fetch files. */
export async function sendUrls(target: Sending, urls: readonly string[]): Promise<readonly UploadedMedia[]> {
  const { arrivals, signal } = target;
  const json: UploadUrlsBody = { urls, source_type: 'url' };
  const names = urls.map((url) => nameIn(url));
  return arrivals.once<UploadedMedia>({
    files: { names, guessed: true },
    makeBody: (onLast) => jsonBody(json, onLast),
    async send(content) {
      const limit = answerLimit(target.settings.idleMs);
      const answer = await post(target, { ...content, limit });
      if (answer.files.length !== urls.length) throw wrongCount(target, urls.length, answer);
      return {
        uploaded: answer.files.map((file, index) =>
          readUploaded(file, undefined, urls[index] ?? file.cdn_url),
        ),
        shown: shownOf(answer, names),
      };
    },
    found: (file) => file,
    signal,
  });
}

/** JSON as a body that is opened for each attempt. */
function jsonBody(json: unknown, onOpen: () => void): RequestBody {
  const text = JSON.stringify(json);
  return {
    contentType: 'application/json',
    open() {
      onOpen();
      return new Blob([text]);
    },
  };
}

/** What the service calls the files of an answer, where the session shows them. */
function shownOf({ files, session_state_applied }: UploadAnswer, sent: readonly string[]): string[] {
  if (session_state_applied === false) return [];
  return files.map(({ filename }, index) => filename ?? sent[index] ?? '');
}

/** The last part of an address, which a service that fetches it may call the file. */
function nameIn(url: string): string {
  const { pathname } = new URL(url);
  return pathname.slice(pathname.lastIndexOf('/') + 1);
}

/** One request. It may be repeated: whoever opens its body anew has asked what became of the attempt before. */
async function post(
  { transport, sessionId, signal }: Sending,
  content: Pick<Call, 'body' | 'limit' | 'onDelivery'>,
): Promise<UploadAnswer> {
  const { data } = await transport.json(
    {
      operation: 'upload',
      method: 'POST',
      path: paths.upload(sessionId),
      safety: 'safe',
      signal,
      about: { sessionId },
      ...content,
    },
    uploadAnswer,
  );
  if (data.session_state_applied === false) {
    transport.logger.warn(
      'upload: the service kept the files, and says that the session does not show them yet',
      {
        sessionId,
      },
    );
  }
  return data;
}

function wrongCount(
  { sessionId }: UploadTarget,
  expected: number,
  { files }: UploadAnswer,
): ResponseFormatError {
  return new ResponseFormatError({
    path: 'upload.files',
    expected: expected === 1 ? 'one file' : `${expected} files`,
    received: files,
    sessionId,
  });
}

/** Reads one file of the answer. `sent` is what is known of it here; nothing, of an address. */
function readUploaded(
  answer: UploadedFileAnswer,
  sent: { readonly name: string; readonly kind: MediaKind } | undefined,
  fallbackName: string,
): UploadedMedia {
  const { width, height, fps, hash } = answer;
  const name = sent?.name ?? answer.filename ?? fallbackName;
  return {
    name,
    kind:
      sent?.kind ??
      kindOfType(answer.file_type ?? undefined) ??
      kindOfName(name) ??
      kindOfName(answer.cdn_url) ??
      'video',
    url: answer.cdn_url,
    ...(width == null ? {} : { width }),
    ...(height == null ? {} : { height }),
    ...(fps == null ? {} : { fps }),
    ...(hash == null ? {} : { hash }),
    raw: answer,
  };
}

/** The name of the option, for errors. */
const OPTION = 'timeouts.uploadIdle';

/**
 * How many idle times the answer may take after the last byte: the service stores the whole file, or fetches it, before
 * it answers, and giving up then would send 500 MB again.
 */
const ANSWER_IDLE_TIMES = 5;

/** The limit of an upload that moves no byte from here. */
function answerLimit(idleMs: number): TimeLimit {
  return { ms: idleMs * ANSWER_IDLE_TIMES, option: OPTION };
}

/**
 * The limit where the runtime does not tell what it has taken of a body: nobody can say whether it is idle, and a slow
 * line may rightly take hours.
 */
const UNOBSERVED_LIMIT: TimeLimit = { ms: 24 * 3_600_000, option: OPTION };

/** The idle limit of one upload: pushed back by every byte that is taken. */
class UploadIdle implements TimeLimit {
  readonly option = OPTION;
  readonly ms: number;
  readonly #clock: Clock;
  #dueAt: number;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.ms = ms;
    this.#dueAt = clock.now() + ms;
  }

  dueAt(): number {
    return this.#dueAt;
  }

  /** A byte moved, or an attempt began. */
  moved(): void {
    this.#dueAt = this.#clock.now() + this.ms;
  }

  /** Everything was taken: only the answer is left. */
  awaitAnswer(): void {
    this.#dueAt = this.#clock.now() + this.ms * ANSWER_IDLE_TIMES;
  }
}
