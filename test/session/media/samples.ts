/** First bytes of files, as their formats' documents give them. */
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const head = (...bytes: number[]): Uint8Array<ArrayBuffer> => {
  const padded = new Uint8Array(Math.max(80, bytes.length));
  padded.set(bytes);
  return padded;
};

export const HEADS = {
  jpg: head(0xff, 0xd8, 0xff, 0xe0),
  png: head(0x89, ...ascii('PNG\r\n\x1a\n')),
  gif: head(...ascii('GIF89a')),
  webp: head(...ascii('RIFF\0\0\0\0WEBP')),
  mp4: head(0, 0, 0, 24, ...ascii('ftypisom')),
  mov: head(0, 0, 0, 20, ...ascii('ftypqt  ')),
  m4a: head(0, 0, 0, 24, ...ascii('ftypM4A ')),
  avi: head(...ascii('RIFF\0\0\0\0AVI ')),
  webm: head(0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, ...ascii('webm')),
  mkv: head(0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, ...ascii('matroska')),
  mp3: head(...ascii('ID3'), 4, 0),
  wav: head(...ascii('RIFF\0\0\0\0WAVE')),
  aac: head(0xff, 0xf1, 0x50, 0x80),
} as const;

export const HEIC: Uint8Array<ArrayBuffer> = head(0, 0, 0, 24, ...ascii('ftypheic'));

/** `size` bytes that begin as a JPEG and go on as a pattern that no slice boundary can hide. */
export function jpegOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
  bytes.set([0xff, 0xd8, 0xff, 0xe0].slice(0, size));
  return bytes;
}

/** A stream of these chunks. */
export function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
