import { mkdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { mediaFrom, OptionError } from '../index.js';

/** An address, which the service fetches itself. Anything else is a path. */
const ADDRESS = /^https?:\/\//i;

/** The only folder that a server reads media from and saves videos to. */
export class MediaFolder {
  /** Absolute, without links. */
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Opens a folder; makes it where there is none.
   * @throws OptionError when there can be none.
   */
  static async open(path: string): Promise<MediaFolder> {
    try {
      await mkdir(path, { recursive: true });
      return new MediaFolder(await realpath(path));
    } catch (cause) {
      const field = `folder (${JSON.stringify(path)})`;
      throw new OptionError({ field, accepted: 'the path of a folder that can be used', cause });
    }
  }

  /** Where the next MP4 of a video goes. */
  async freePath(id: string): Promise<string> {
    for (let count = 1; ; count += 1) {
      const path = join(this.#path, count === 1 ? `${id}.mp4` : `${id}-${count}.mp4`);
      if ((await stat(path).catch(() => undefined)) === undefined) return path;
    }
  }

  /**
   * The files that a path means: the file itself, or the media directly in a folder.
   * @throws OptionError unless all of them are in this folder, wherever links lead.
   */
  async filesAt(path: string, field: string): Promise<string[]> {
    const real = await this.#inside(path, field);
    if ((await stat(real)).isFile()) return [real];
    const files = await mediaFrom(real);
    return Promise.all(files.map((file) => this.#inside(String(file), field)));
  }

  /** The path without links. The error does not say whether there is a file outside. */
  async #inside(path: string, field: string): Promise<string> {
    const real = await realpath(resolve(this.#path, path)).catch(() => undefined);
    if (real === this.#path || real?.startsWith(this.#path + sep)) return real;
    throw new OptionError({
      field: `${field} (${JSON.stringify(path)})`,
      accepted: `a file in ${this.#path}`,
      hint: 'Relative paths begin at that folder; a link that leads out of it is refused.',
    });
  }
}

/**
 * What may be uploaded of what was asked for: addresses, and files of the folder with links followed.
 * @throws OptionError for anything else.
 */
export async function allowedMedia(
  folder: MediaFolder | undefined,
  asked: readonly string[],
): Promise<string[]> {
  const allowed: string[] = [];
  for (const [index, input] of asked.entries()) {
    const field = `media[${index}]`;
    if (ADDRESS.test(input)) allowed.push(input);
    else if (folder !== undefined) allowed.push(...(await folder.filesAt(input, field)));
    else throw new OptionError({ field, accepted: 'an http(s) address: this server reads no files' });
  }
  return allowed;
}
