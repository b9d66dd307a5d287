import { OptionError } from '../errors/index.js';

const FIELD = 'baseUrl';

/**
 * Checks where tokens will be sent: an https address, or a loopback one. Gives it without a slash at the end.
 * @throws {OptionError} for anything else, unless `allowInsecure` permits plain http everywhere.
 */
export function checkBaseUrl(value: string | URL, allowInsecure = false): string {
  const url = parse(String(value));
  // Neither the address nor the parser's words are quoted: a token pasted into the wrong option may stand there.
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new OptionError({ field: FIELD, accepted: 'an address that begins https://' });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new OptionError({ field: FIELD, accepted: 'an address without user, password, query or fragment' });
  }
  if (url.protocol === 'http:' && !allowInsecure && !isLoopback(url.hostname)) {
    throw new OptionError({
      field: FIELD,
      accepted: 'an https address, or http on this machine',
      hint: 'Plain http shows the token to everybody on the way: use https, or pass `allowInsecure: true` if you must.',
    });
  }
  // Not `href`, which keeps a bare ? or #, behind which no path would be one.
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** Whether a host name, as `URL` writes it, is this machine: RFC 6761 for `localhost`, RFC 1122 for 127/8. */
function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$/.test(hostname) || /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
