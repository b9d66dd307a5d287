import { Refusal } from '../http/exchange.js';

/** As many as browsers follow would only help a loop. */
const MOST_REDIRECTS = 5;

/** A file at an address, opened. */
export interface RemoteFile {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Opens what lies at an address. Only addresses of this machine are allowed, unless `anywhere`: a page in a browser
 * could otherwise make this program fetch from inside a company's network.
 */
export async function openUrl(address: string, anywhere: boolean, signal: AbortSignal): Promise<RemoteFile> {
  let url = checked(address, anywhere);
  const name = nameOf(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await get(url, signal);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = checked(new URL(location, url).href, anywhere);
      continue;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Refusal(400, `the address answered ${response.status}: ${address}`);
    }
    return { name, content: response.body };
  }
  throw new Refusal(400, `too many redirects: ${address}`);
}

async function get(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal });
  } catch {
    throw new Refusal(400, `the address could not be reached: ${url.href}`);
  }
}

function checked(address: string, anywhere: boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Refusal(400, `not an http address: ${address}`);
  if (!anywhere && !isLoopback(url.hostname))
    throw new Refusal(400, `the local backend fetches from this machine only: ${address}`);
  return url;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
