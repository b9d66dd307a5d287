import { open } from 'node:fs/promises';

/** A signature takes a few bytes, but a JPEG's size stands behind its thumbnail and colour profile. */
const HEAD_BYTES = 256 * 1024;

/** The beginning of a file, by which its format is told. */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
