import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { UnsupportedMediaError } from '../../errors/index.js';
import { codeOf } from '../../platform/files.js';
import { ACCEPTED_MEDIA, CODES } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import type { LocalMedia } from '../dialect.js';
import { type Answer, drain, type Exchange, Refusal } from '../http/exchange.js';
import { type ServedFile, serveFile } from '../http/range.js';
import { data, whoAsks } from './account-routes.js';
import { openUrl } from './from-url.js';
import { readMultipart } from './multipart.js';

/** Where an uploaded file is: what its `cdn_url` ends with. */
export const MEDIA_PATH = '/media/*';

/** A file that was taken in and understood, not yet part of the session. */
interface Taken {
  readonly media: LocalMedia;
  readonly served: ServedFile;
  readonly info: Record<string, unknown>;
}

/** `POST /api/upload-video/nemo_agent/me/<sid>`: all files of a request are taken, or none. */
export async function upload(core: BackendCore, exchange: Exchange): Promise<Answer> {
  exchange.record.sessionId = exchange.id;
  const session = core.sessions.find(whoAsks(core, exchange), exchange.id);
  const add = session.expectUpload();
  const taken: Taken[] = [];
  try {
    for await (const { name, content } of incoming(core, exchange)) {
      accept(name);
      taken.push(await take(core, exchange, name, content));
    }
    if (taken.length === 0) throw new Refusal(400, 'no file was sent');
  } catch (error) {
    await Promise.all(taken.map(({ media }) => core.store.remove(media.path)));
    if (error instanceof Refusal) await drain(exchange.body);
    throw error;
  }
  for (const { media, served, info } of taken) {
    core.media.set(basename(media.path), served);
    add(media, info);
  }
  return data(exchange, { files: taken.map(({ info }) => info), session_state_applied: true });
}

/** `GET /media/<file>`: what a `cdn_url` leads to. Like the service's, it asks for no token. */
export function media(core: BackendCore, { id, request, odd }: Exchange): Answer {
  const file = core.media.get(id);
  if (file === undefined) throw new Refusal(404, 'there is no such file');
  return serveFile(odd.has('etag') ? { ...file, etag: `"changed-${file.bytes}"` } : file, request);
}

async function* incoming(
  core: BackendCore,
  { request, json, body, signal }: Exchange,
): AsyncGenerator<{ name: string; content: AsyncIterable<Uint8Array> }, void, undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (/^multipart\/form-data\b/i.test(type)) {
    for await (const { name, filename, content } of readMultipart(body, type)) {
      if (name === 'files' && filename !== undefined) yield { name: filename, content };
    }
    return;
  }
  const urls = Array.isArray(json.urls) ? json.urls : [];
  for (const url of urls) {
    if (typeof url !== 'string') throw new Refusal(400, 'urls must be a list of addresses');
    const { fetchFrom: from, maxUploadBytes: maxBytes, clock } = core.options;
    yield await openUrl(url, { from, maxBytes, clock, signal }, accept);
  }
}

/** Refuses a file by its name, before its content comes. */
function accept(name: string): void {
  if (extensionOf(name) === undefined) throw unsupported(`${name}: its type is not accepted`);
}

async function take(
  core: BackendCore,
  { url, signal }: Exchange,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Taken> {
  const { path, bytes, hash } = await core.store.keep(content, name);
  try {
    signal.throwIfAborted();
    const { kind, width, height, durationMs, fps } = await core.parts.probe(path, name);
    const address = url.origin + MEDIA_PATH.replace('*', basename(path));
    const size = defined({ width, height, fps });
    const media: LocalMedia = { name, kind, url: address, path, bytes, ...size, ...defined({ durationMs }) };
    const type = ACCEPTED_MEDIA[extensionOf(name) ?? '']?.mime ?? 'application/octet-stream';
    const served = { path, bytes, type, etag: `"${hash}"`, modifiedAt: core.options.clock.now() };
    // The wire document does not say in what unit `duration` is; here it is seconds.
    const duration = durationMs === undefined ? undefined : durationMs / 1000;
    const info = {
      filename: name,
      file_type: kind,
      cdn_url: address,
      ...defined({ duration }),
      ...size,
      hash,
    };
    return { media, served, info };
  } catch (error) {
    await core.store.remove(path);
    throw error instanceof UnsupportedMediaError ? unsupported(error.message) : error;
  }
}

/** Without the fields that are not known. */
function defined<T extends Record<string, number | undefined>>(fields: T): { [K in keyof T]?: number } {
  const known: { [K in keyof T]?: number } = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) known[key] = value;
  }
  return known;
}

function unsupported(message: string): Refusal {
  return new Refusal(CODES.unsupportedMedia, message);
}

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
    if (this.#given === undefined) {
      removeAbandoned();
      return mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
    }
    mkdirSync(this.#given, { recursive: true });
    return this.#given;
  }
}

/** Temporary folders are named after the process that they are of. */
const FOLDER = 'nemovideo-local-';

/** Removes the folders of processes that are dead: a process that was killed cannot remove its own. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^nemovideo-local-(\d{1,10})-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user: it is there, and its folder is not ours.
    return codeOf(error) !== 'ESRCH';
  }
}

/** The extension of a name, in lower case, when it is one that the service accepts. */
function extensionOf(name: string): string | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(ACCEPTED_MEDIA, extension) ? extension : undefined;
}
