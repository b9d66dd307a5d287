import { type Clock, during } from '../../platform/clock.js';
import { isLoopback } from '../http/cors.js';
import { Refusal } from '../http/exchange.js';

/** As many as browsers follow would only help a loop. */
const MOST_REDIRECTS = 5;

/** A file at an address must be here in this time, in ms. */
const FETCH_MS = 60_000;

/** A file at an address, opened. */
export interface RemoteFile {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Which addresses may be fetched from, how much of a file, and by when. */
export interface FetchRule {
  readonly from: 'none' | 'loopback' | 'any';
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * One message for whatever goes wrong: which service listens on which port, and what it answers, is nothing that a
 * caller may find out through this program.
 */
const failed = (): Refusal => new Refusal(400, 'the file could not be fetched from this address');

/**
 * Opens what is at an address, where the rule allows it. Only as much is read as a file may have, in a limited time.
 * @param accepts whether a file of that name is worth fetching: asked before anything is
 */
export async function openUrl(
  address: string,
  rule: FetchRule,
  accepts: (name: string) => void,
): Promise<RemoteFile> {
  let url = checked(address, rule);
  const name = nameOf(url);
  accepts(name);
  const ended = new AbortController();
  const end = (): void => ended.abort(failed());
  rule.signal.addEventListener('abort', end, { once: true });
  const fetched = new Promise<void>((resolve) =>
    ended.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  void during(rule.clock, fetched);
  void rule.clock.sleep(FETCH_MS, ended.signal).then(end, () => {});
  const done = (): void => {
    rule.signal.removeEventListener('abort', end);
    ended.abort(failed());
  };
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await fetch(url, { redirect: 'manual', signal: ended.signal });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        url = checked(new URL(location, url).href, rule);
        continue;
      }
      if (!response.ok || response.body === null) throw failed();
      return { name, content: limited(response.body, rule.maxBytes, done) };
    }
    throw failed();
  } catch {
    done();
    throw failed();
  }
}

/** One byte more than may be is enough to know. */
async function* limited(
  body: AsyncIterable<Uint8Array>,
  most: number,
  done: () => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      yield chunk;
      if (bytes > most) return;
    }
  } catch {
    throw failed();
  } finally {
    done();
  }
}

function checked(address: string, { from }: FetchRule): URL {
  if (from === 'none') throw new Refusal(400, 'this backend fetches no addresses (fetchFrom, --fetch-from)');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Refusal(400, `not an http address: ${address.slice(0, 200)}`);
  if (from === 'loopback' && !isLoopback(url.hostname))
    throw new Refusal(400, `the local backend fetches from this machine only: ${address.slice(0, 200)}`);
  return url;
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
