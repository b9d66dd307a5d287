import { open } from 'node:fs/promises';
import type { Answer } from './exchange.js';

/** A file as an answer needs it. */
export interface ServedFile {
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  readonly etag: string;
  /** In ms since the epoch. */
  readonly modifiedAt: number;
  /** Offered to browsers as the name to save under. */
  readonly name?: string;
}

const CHUNK_BYTES = 256 * 1024;

/** A file or a range of it: `Range` and `If-Range` as RFC 9110, one range at a time; several give the whole file. */
export function serveFile(file: ServedFile, request: Request): Answer {
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    'content-type': file.type,
    etag: file.etag,
    'last-modified': new Date(file.modifiedAt).toUTCString(),
  };
  if (file.name !== undefined)
    headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const range = wanted(file, request, headers['last-modified']);
  if (range === 'unsatisfiable') {
    headers['content-range'] = `bytes */${file.bytes}`;
    headers['content-length'] = '0';
    return { status: 416, headers, body: new Uint8Array() };
  }
  const { from, to } = range ?? { from: 0, to: file.bytes };
  headers['content-length'] = String(to - from);
  if (range !== undefined) headers['content-range'] = `bytes ${from}-${to - 1}/${file.bytes}`;
  return {
    status: range === undefined ? 200 : 206,
    headers,
    body: request.method === 'HEAD' ? undefined : slice(file.path, from, to),
  };
}

/** A part of a file, from a byte up to another, a piece at a time. */
async function* slice(path: string, from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path, 'r');
  try {
    for (let at = from; at < to; ) {
      const buffer = new Uint8Array(Math.min(CHUNK_BYTES, to - at));
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The range asked for, the end exclusive; undefined for the whole file. */
function wanted(
  file: Pick<ServedFile, 'bytes' | 'etag'>,
  request: Request,
  lastModified: string | undefined,
): { from: number; to: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range')?.trim() ?? '');
  if (match === null) return undefined;
  const condition = request.headers.get('if-range');
  if (condition !== null && condition !== file.etag && condition !== lastModified) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), file.bytes);
    return length === 0 ? 'unsatisfiable' : { from: file.bytes - length, to: file.bytes };
  }
  const from = Number(first);
  const to = last === '' ? file.bytes : Math.min(Number(last) + 1, file.bytes);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= file.bytes ? 'unsatisfiable' : { from, to };
}
