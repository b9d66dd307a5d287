import { OptionError } from '../errors/index.js';

/**
 * Checks where tokens will be sent: an https address, or a loopback one. Returns it without a slash at the end.
 * @throws {OptionError} for anything else, unless `allowInsecure` permits plain http everywhere.
 */
export function checkBaseUrl(value: string | URL, allowInsecure = false): string {
  const url = checkScheme(value, 'baseUrl');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new OptionError({
      field: 'baseUrl',
      accepted: 'an address without user, password, query or fragment',
    });
  }
  if (url.protocol === 'http:' && !allowInsecure && !isLoopback(url.hostname)) {
    throw new OptionError({
      field: 'baseUrl',
      accepted: 'an https address, or http on this machine',
      hint: 'Plain http shows the token to everybody on the way: use https, or pass `allowInsecure: true` if you must.',
    });
  }
  // Not `href`, which keeps a bare ? or #, behind which no path would be one.
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/**
 * Checks the address of the website. Returns it without a slash at the end.
 * @throws {OptionError} for anything but an http(s) address.
 */
export function checkWebUrl(value: string | URL): string {
  return checkScheme(value, 'webUrl').href.replace(/\/$/, '');
}

/** The address is not quoted, nor are the parser's words: it may be a token that was pasted into the wrong option. */
function checkScheme(value: string | URL, field: string): URL {
  const text = String(value).trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  const accepted = 'an address that begins https://';
  // `URL` takes the host of `localhost:8787` for a scheme.
  const [, host = ''] = /^([\w.-]+|\[[\da-f:]+\])(?::\d+)?(?:\/|$)/i.exec(text) ?? [];
  if (isLoopback(host.toLowerCase())) {
    throw new OptionError({ field, accepted, hint: `Write it with its scheme: \`http://${text}\`.` });
  }
  throw new OptionError({ field, accepted });
}

/** Whether a host name, as `URL` writes it, is this machine: RFC 6761 for `localhost`, RFC 1122 for 127/8. */
function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$/.test(hostname) || /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}
