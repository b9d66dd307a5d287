import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMultipart } from '../../../src/local/service/multipart.js';

interface Sent {
  readonly name: string;
  readonly filename: string;
  readonly data: Uint8Array;
}

function encode(parts: readonly Sent[], boundary: string): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, filename, data }) => [
      Buffer.from(`--${boundary}\r\n`),
      Buffer.from(`Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\n`),
      Buffer.from('Content-Type: application/octet-stream\r\n\r\n'),
      data,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(
  body: AsyncIterable<Uint8Array>,
  type: string,
  skip: readonly number[] = [],
): Promise<Sent[]> {
  const parts: Sent[] = [];
  for await (const { name = '', filename = '', content } of readMultipart(body, type)) {
    const chunks: Uint8Array[] = [];
    if (!skip.includes(parts.length)) for await (const chunk of content) chunks.push(chunk);
    parts.push({ name, filename, data: Buffer.concat(chunks) });
  }
  return parts;
}

const TYPE = 'multipart/form-data; boundary=b';

describe('a multipart body', () => {
  it('is the same parts however it is cut, whatever they contain', async () => {
    // Pieces of the border itself are the content that is hard to tell from a border.
    const data = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 20 }),
          fc.constantFrom('\r\n', '\r\n--', '\r\n--b', '--b--').map((s) => Buffer.from(s.slice(0, -1))),
        ),
      )
      .map((pieces) => Buffer.concat(pieces))
      .filter((bytes) => !bytes.includes('\r\n--b'));
    const part = fc.record({
      name: fc.constant('files'),
      filename: fc.constantFrom('a.png', '猫.png', ''),
      data,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (parts, sizes) => {
          const got = await read(cut(encode(parts, 'b'), sizes), TYPE);
          expect(got.map((one) => ({ ...one, data: [...one.data] }))).toEqual(
            parts.map((one) => ({ ...one, data: [...one.data] })),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('continues with the next part when a part is not read', async () => {
    const parts = ['one', 'two', 'three'].map((name) => ({ name, filename: name, data: Buffer.from(name) }));
    const got = await read(cut(encode(parts, 'b'), [7]), TYPE, [1]);
    expect(got.map(({ data }) => data.toString())).toEqual(['one', '', 'three']);
  });

  it('may have a preamble, an epilogue, a quoted boundary, and names in RFC 5987', async () => {
    const body = Buffer.from(
      `ignore me\r\n--a b\r\nContent-Disposition: form-data; name=files; filename*=UTF-8''%22%E7%8C%AB%22.png\r\n\r\nhi\r\n--a b--\r\nme too`,
    );
    expect(await read(cut(body, [5]), 'multipart/form-data; boundary="a b"')).toEqual([
      { name: 'files', filename: '"猫".png', data: Buffer.from('hi') },
    ]);
  });

  it('undoes what the HTML standard escapes in names, and nothing else', async () => {
    const parts = [{ name: 'files', filename: 'a%22%0D%0Ab%20\\c.png', data: Buffer.from('x') }];
    expect((await read(cut(encode(parts, 'b'), [64]), TYPE))[0]?.filename).toBe('a"\r\nb%20\\c.png');
  });

  it.each([
    ['ends in a part', '--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nhal', TYPE],
    ['ends in the headers', '--b\r\nContent-Dis', TYPE],
    ['has no border', 'hello', TYPE],
    ['is empty', '', TYPE],
    ['has endless headers', `--b\r\n${'x'.repeat(20_000)}`, TYPE],
    ['has no boundary in its type', '--b--', 'multipart/form-data'],
  ])('that %s is refused with 400', async (_, body, type) => {
    await expect(read(cut(Buffer.from(body), [1000]), type)).rejects.toMatchObject({ code: 400 });
  });
});
