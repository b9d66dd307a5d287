import { stringifyExact } from '../wire/exact-json.js';
import { fileName } from './summary.js';

/** A file that the service has: an upload, or one that it generated. */
export interface AddressedFile {
  readonly name: string;
  readonly url: string;
}

/** A draft without paths of the agent's sandbox. */
export interface ReplacedPaths {
  /** The same object where nothing was replaced. */
  readonly draft: unknown;
  readonly replaced: readonly { readonly path: string; readonly url: string }[];
}

/** Where the agent's sandbox keeps the files of a session (wire document, "Shapes"). */
const SANDBOX = '/mnt/userdata/';

/**
 * Replaces each path of the agent's sandbox in a draft's JSON by the address of the file with that name, because a
 * render cannot read the sandbox. Of files with the same name the last counts. A path without such a file stays.
 */
export function replaceSandboxPaths(draft: unknown, files: readonly AddressedFile[]): ReplacedPaths {
  const replaced: { path: string; url: string }[] = [];
  if (!stringifyExact(draft).includes(SANDBOX)) return { draft, replaced };
  const urls = new Map(files.map(({ name, url }) => [name, url]));
  const result: unknown = JSON.parse(JSON.stringify(draft), (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(SANDBOX)) return value;
    const url = urls.get(value.split('/').at(-1) ?? '') ?? urls.get(fileName(value));
    if (url === undefined) return value;
    replaced.push({ path: value, url });
    return url;
  });
  return replaced.length === 0 ? { draft, replaced } : { draft: result, replaced };
}
