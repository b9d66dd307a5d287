import { ResponseFormatError } from '../../errors/index.js';
import type { Clock } from '../../platform/clock.js';
import type { SessionMedia } from '../../run/index.js';
import type { Call, RequestBody, TimeLimit, Transport } from '../../transport/index.js';
import {
  anyObject,
  fieldsOf,
  type JsonObject,
  kindOfName,
  kindOfType,
  numberOf,
  paths,
  textOf,
  type UploadUrlsBody,
} from '../../wire/index.js';
import type { CheckedMedia } from '../media/media-source.js';
import type { Arrivals } from './arrival.js';
import { MultipartBody } from './multipart.js';
import type { ArrivedBefore } from './upload.js';

/** How media is uploaded, complete. */
export interface UploadSettings {
  /** No byte accepted for this long, in ms: the upload counts as dead. Default 60,000. */
  readonly idleMs: number;
}

/** A file that was uploaded. Its `name` is as it was given; for an address, as the service calls it. */
export interface UploadedMedia extends SessionMedia {}

/** Where to upload to. */
export interface UploadTarget {
  readonly transport: Transport;
  readonly settings: UploadSettings;
  readonly sessionId: string;
  /** The media of the session as it is, in the service's own form; undefined where it is not known. */
  readonly before?: readonly unknown[] | undefined;
  /** What arrived of uploads that failed. */
  readonly arrived?: ArrivedBefore | undefined;
}

/** What the requests of one upload share. */
interface Sending extends UploadTarget {
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
}

/** Sends one file. `moved` is called with how many of its bytes have been taken. */
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
        const { files, shown } = await post(target, [{ name }], { ...content, limit });
        return { uploaded: files.map((file) => ({ ...file, name, kind })), shown };
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
  const sent = urls.map((url) => ({ url, name: nameIn(url) }));
  return arrivals.once<UploadedMedia>({
    files: { names: sent.map(({ name }) => name), guessed: true },
    makeBody: (onLast) => jsonBody(json, onLast),
    async send(content) {
      const limit = answerLimit(target.settings.idleMs);
      const { files, shown } = await post(target, sent, { ...content, limit });
      return { uploaded: files, shown };
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

/** The last part of an address, which a service that fetches it may call the file. */
function nameIn(url: string): string {
  const { pathname } = new URL(url);
  return pathname.slice(pathname.lastIndexOf('/') + 1);
}

/** A file, or an address of one, of one request. */
interface SentFile {
  readonly name: string;
  readonly url?: string;
}

/** One request. It may be repeated: before its body is opened anew, it is asked what became of the attempt before. */
async function post(
  { transport, sessionId, signal }: Sending,
  sent: readonly SentFile[],
  content: Pick<Call, 'body' | 'limit' | 'onDelivery'>,
): Promise<{ readonly files: UploadedMedia[]; readonly shown: readonly string[] }> {
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
    anyObject,
  );
  const answered = inOrderSent(sent, filesOf(data, sessionId));
  if (answered === undefined) {
    throw new ResponseFormatError({
      path: 'upload.files',
      expected: sent.length === 1 ? 'one file' : `${sent.length} files`,
      received: data,
      sessionId,
    });
  }
  const isShown = data.session_state_applied !== false;
  if (!isShown) {
    const warning = 'upload: the service kept the files, and says that the session does not show them yet';
    transport.logger.warn(warning, { sessionId });
  }
  return {
    files: answered.map((file, index) => readUploaded(file, sent[index])),
    // What the service calls them, where the session shows them.
    shown: isShown ? answered.map(({ filename }, index) => textOf(filename) ?? sent[index]?.name ?? '') : [],
  };
}

/** A file of an answer. Its other fields are read where they can be. */
type AnsweredFile = JsonObject & { readonly address: string };

/** The files of an answer, in either of its shapes: `files[].cdn_url`, `uploaded_files[].url`. */
function filesOf(answer: JsonObject, sessionId: string): AnsweredFile[] {
  const lists = [answer.files, answer.uploaded_files].filter((list) => Array.isArray(list));
  const list: readonly unknown[] = lists.find(({ length }) => length > 0) ?? [];
  return list.map((entry, index) => {
    const file = fieldsOf(entry);
    const address = textOf(file.cdn_url) ?? textOf(file.url);
    if (address !== undefined) return { ...file, address };
    const path = `upload.files[${index}].cdn_url`;
    throw new ResponseFormatError({ path, expected: 'an address', received: file.cdn_url, sessionId });
  });
}

/**
 * The entry of the answer for each file that was sent: by its address or its name where the answer has them, else by its
 * place. Undefined where there are too few.
 */
function inOrderSent(
  sent: readonly SentFile[],
  answered: readonly AnsweredFile[],
): readonly AnsweredFile[] | undefined {
  const left = [...answered];
  const found = new Map<SentFile, AnsweredFile>();
  const match = (isOf: (entry: AnsweredFile, file: SentFile) => boolean): void => {
    for (const file of sent) {
      const at = found.has(file) ? -1 : left.findIndex((entry) => isOf(entry, file));
      const [entry] = at < 0 ? [] : left.splice(at, 1);
      if (entry !== undefined) found.set(file, entry);
    }
  };
  match((entry, { url }) => url !== undefined && Object.values(entry).includes(url));
  match(({ filename }, { name }) => filename === name || filename === decoded(name));
  match(() => true);
  const inOrder = sent.flatMap((file) => found.get(file) ?? []);
  return inOrder.length === sent.length ? inOrder : undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Reads one file of the answer. */
function readUploaded({ address: url, ...answer }: AnsweredFile, sent: SentFile | undefined): UploadedMedia {
  const name = textOf(answer.filename) ?? sent?.url ?? sent?.name ?? url;
  const [width, height, fps] = [answer.width, answer.height, answer.fps].map(numberOf);
  const hash = textOf(answer.hash);
  return {
    name,
    kind: kindOfType(textOf(answer.file_type)) ?? kindOfName(name) ?? kindOfName(url) ?? 'video',
    url,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(fps === undefined ? {} : { fps }),
    ...(hash === undefined ? {} : { hash }),
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
 * A day, where the runtime does not report what it has sent of a body: the upload may be idle or not, and a slow
 * line may rightly take hours.
 */
const UNOBSERVED_LIMIT: TimeLimit = { ms: 86_400_000, option: OPTION };

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
