import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ACCEPTED_MEDIA, CODES } from '../../wire/index.js';
import { Refusal } from '../http/answer.js';

/** A file that was taken in. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly hash: string;
}

/** Where uploads and renders lie. Every name in it is made here: nothing that a client sends becomes part of a path. */
export class Store {
  readonly #given: string | undefined;
  readonly #maxBytes: number;
  #made: string | undefined;

  /** Without a folder, a temporary one is made when the first file comes, and removed by `dispose`. */
  constructor(dir: string | undefined, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#given = dir === undefined ? undefined : resolve(dir);
  }

  /** A path for a new file. */
  newPath(extension: string): string {
    this.#made ??= this.#make();
    return join(this.#made, `${randomUUID()}.${extension}`);
  }

  /** Writes a body to a new file, piece by piece. Whatever goes wrong, nothing half-written stays. */
  async keep(content: AsyncIterable<Uint8Array>, name: string): Promise<StoredFile> {
    const path = this.newPath(extensionOf(name) ?? 'bin');
    const file = await open(path, 'wx');
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of content) {
        bytes += chunk.byteLength;
        // What is over the limit still has to pass: a client that is writing does not read the answer.
        if (bytes > this.#maxBytes) continue;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      if (bytes > this.#maxBytes)
        throw new Refusal(CODES.mediaTooLarge, `a file is larger than ${this.#maxBytes} bytes`);
      await file.close();
      return { path, bytes, hash: hash.digest('hex') };
    } catch (error) {
      await file.close().catch(() => {});
      await this.remove(path);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes the temporary folder; a folder that was given stays as it is. */
  async dispose(): Promise<void> {
    if (this.#given !== undefined || this.#made === undefined) return;
    await rm(this.#made, { recursive: true, force: true });
  }

  #make(): string {
    if (this.#given === undefined) return mkdtempSync(join(tmpdir(), 'nemovideo-local-'));
    mkdirSync(this.#given, { recursive: true });
    return this.#given;
  }
}

/** The extension of a name, in lower case, when it is one that the service accepts. */
export function extensionOf(name: string): string | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(ACCEPTED_MEDIA, extension) ? extension : undefined;
}
