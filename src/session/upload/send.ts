import { ResponseFormatError } from '../../errors/index.js';
import type { Call, RequestBody, Transport } from '../../transport/index.js';
import { paths, type UploadAnswer, type UploadUrlsBody, uploadAnswer } from '../../wire/index.js';
import type { CheckedMedia } from '../media/check.js';
import type { UploadSettings } from '../settings.js';
import type { Arrivals } from './arrival.js';
import { answerLimit, UNOBSERVED_LIMIT, UploadIdle } from './idle.js';
import { MultipartBody } from './multipart.js';
import { readUploaded, type UploadedMedia } from './uploaded.js';

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
