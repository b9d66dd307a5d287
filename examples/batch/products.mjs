import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';

/**
 * The videos of a file, one by one as they are read: CSV with the columns `id,prompt,photos,seconds,shape`, or the same as
 * JSON, one object on each line. Photos are separated by spaces, and relative to the file.
 */
export async function* products(file) {
  for await (const { id, prompt, photos, seconds, shape } of rows(file)) {
    const media = photos ? photos.split(' ').map((photo) => resolve(dirname(file), photo)) : undefined;
    const duration = seconds ? Number(seconds) : undefined;
    yield { id, request: { prompt, media, duration, aspectRatio: shape || undefined } };
  }
}

async function* rows(file) {
  const text = createReadStream(file);
  if (file.endsWith('.csv')) {
    const options = { columns: true, bom: true, trim: true, skip_empty_lines: true };
    // An error of the file comes out of the loop as well.
    yield* pipeline(text, parse(options), () => {});
  } else {
    for await (const line of createInterface({ input: text })) if (line.trim() !== '') yield JSON.parse(line);
  }
}
