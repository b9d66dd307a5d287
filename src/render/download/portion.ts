import { platform } from '#platform';
import { DownloadError, ResponseFormatError } from '../../errors/index.js';
import { onAbort } from '../../platform/abort.js';
import { isFetchable, type Transport, withDeadline } from '../../transport/index.js';
import type { Kept } from './destination.js';

/** What distinguishes one version of a file from another, so that a part of it can be continued. */
export interface FileVersion {
  /** A strong ETag, else the date of the last change: what `If-Range` accepts. Undefined: nothing can be continued. */
  readonly validator: string | undefined;
  /** Bytes of the whole file, where known. */
  readonly total: number | undefined;
}

/** What an answer brings: which version of the file, from which byte. */
export interface Portion extends FileVersion {
  readonly from: number;
  /** Bytes of the body, where it is a part of the file: what `Content-Range` proves the place of. */
  readonly length: number | undefined;
}

/** Whether both are the same version of the same file, as far as they show. */
export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  const sameLength = a.total === undefined || b.total === undefined || a.total === b.total;
  return sameLength && a.validator !== undefined && a.validator === b.validator;
}

/** An answer whose body is being read. */
export interface OpenPortion {
  readonly portion: Portion;
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Whether the memory of its chunks is used nowhere else, so that it may be given back. */
  readonly exclusive: boolean;
  /** Ends the connection. */
  close(): void;
}

/** Where a file is asked for. */
export interface DownloadSource {
  readonly transport: Transport;
  readonly idleMs: number;
  readonly renderId: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Asks for a file, or for what is missing of it. Redirects are followed one by one, so that the token goes to the
 * service's own origin and nowhere else. One attempt; the connection is closed when it fails.
 */
export async function openPortion(
  source: DownloadSource,
  address: URL,
  kept: Kept | undefined,
): Promise<OpenPortion> {
  const { transport, idleMs, signal } = source;
  const connection = new AbortController();
  const release = signal && onAbort(signal, () => connection.abort(signal.reason));
  const close = (): void => {
    release?.();
    connection.abort();
  };
  const limit = { limitMs: idleMs, limit: 'timeouts.uploadIdle', clock: transport.clock };
  try {
    return await withDeadline({ ...limit, operation: 'download', signal }, async () => {
      const response = await follow(source, address, rangeHeaders(kept), connection.signal);
      const portion = readPortion(response.status, response.headers);
      const type = response.headers.get('content-type') ?? '';
      if (portion === undefined || response.body === null || type.startsWith('text/')) {
        throw new ResponseFormatError({
          path: 'download',
          expected: 'a video, or a part of one',
          received: `HTTP ${response.status} ${type} ${response.headers.get('content-range') ?? ''}`,
          renderId: source.renderId,
        });
      }
      const exclusive = isByteStream(response.body);
      // The reader is taken at once: Node ends a body without a reader as if it were complete, when its response is
      // collected as garbage.
      return { portion, reader: response.body.getReader(), exclusive, close };
    });
  } catch (error) {
    close();
    throw error;
  }
}

/** How many redirects are followed. More would only hide a circle. */
const MOST_REDIRECTS = 5;

async function follow(
  { transport, renderId }: DownloadSource,
  address: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  let url = address;
  const own = new URL(transport.baseUrl).origin;
  let hasToken = true;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!isFetchable(url))
      throw refused(renderId, 'it leads to an address that is neither http nor https, or has a user in it');
    // Never again after another origin, which could choose for which path of the service it is sent.
    hasToken &&= url.origin === own;
    const { response } = await transport.open({
      operation: 'download',
      method: 'GET',
      path: url.href,
      safety: 'safe',
      headers,
      authorize: hasToken,
      redirect: platform.readsRedirects ? 'manual' : 'follow',
      // A download repeats from where it stopped, not by whole requests.
      retry: false,
      signal,
      about: { renderId },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url)) throw refused(renderId, 'it leads to an invalid address');
    url = new URL(location, url);
  }
  throw new ResponseFormatError({
    path: 'download',
    expected: 'a video',
    received: `more than ${MOST_REDIRECTS} redirects`,
    renderId,
  });
}

function refused(renderId: string, reason: string): DownloadError {
  return new DownloadError({
    renderId,
    reason,
    hint: 'The service, or something between you and it, names an address that is not followed: ask its support.',
    retryable: false,
  });
}

function rangeHeaders(kept: Kept | undefined): Record<string, string> {
  return {
    accept: '*/*',
    // Of a compressed form neither the length nor a range would be those of the file.
    'accept-encoding': 'identity',
    ...(kept?.version.validator === undefined
      ? {}
      : { range: `bytes=${kept.bytes}-`, 'if-range': kept.version.validator }),
  };
}

/**
 * Reads the headers of a 200 or 206 (RFC 9110, "Range Requests").
 * @returns undefined for a 206 that does not prove which bytes it brings.
 */
function readPortion(status: number, headers: Headers): Portion | undefined {
  // What is compressed is counted in another form than it arrives in.
  const isCoded = !/^(?:identity)?$/.test(headers.get('content-encoding') ?? '');
  const validator = isCoded ? undefined : validatorOf(headers);
  const length = /^\d+$/.exec(headers.get('content-length') ?? '')?.[0];
  if (status !== 206) {
    const total = isCoded || length === undefined ? undefined : Number(length);
    return { from: 0, total, length: undefined, validator };
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (range === null || isCoded) return undefined;
  const [from, to] = [Number(range[1]), Number(range[2])];
  const total = range[3] === '*' ? undefined : Number(range[3]);
  if (to < from || (total !== undefined && to >= total)) return undefined;
  return { from, total, length: to - from + 1, validator };
}

function validatorOf(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  // A weak one promises the same meaning and not the same bytes.
  if (etag !== null && /^"[^"]*"$/.test(etag)) return etag;
  return headers.get('last-modified') ?? undefined;
}

/** Whether a stream owns the memory of its chunks. Those of the platform do. */
function isByteStream(body: ReadableStream<Uint8Array>): boolean {
  try {
    body.getReader({ mode: 'byob' }).releaseLock();
    return true;
  } catch {
    return false;
  }
}
