import { OptionError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';

/**
 * The path that a `file:` address stands for.
 * @throws {@link OptionError} when it stands for none on this machine: another host, an escaped slash, another scheme.
 */
export function pathOfUrl(files: Files, url: URL, field: string): string {
  try {
    return files.pathOf(url);
  } catch (cause) {
    const accepted = 'a path, or a file:// address of this machine';
    throw new OptionError({ field: `${field} (${JSON.stringify(url.href)})`, accepted, cause });
  }
}
