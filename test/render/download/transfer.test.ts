import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downloadRender } from '../../../src/render/download/download.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { contextAt, videoOf } from './file-server.js';

const BYTES = videoOf(2_000);

/** Gives the file in chunks of these sizes, and dies after each of `drops` bytes. */
function unreliable(chunkSizes: readonly number[], drops: number[], ranges: boolean) {
  return async (request: Request): Promise<Response> => {
    const asked = ranges ? /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '')?.[1] : undefined;
    const from = Number(asked ?? 0);
    const drop = drops.shift();
    const end = drop === undefined ? BYTES.length : Math.min(BYTES.length, from + drop);
    let at = from;
    let turn = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at === end && drop !== undefined) controller.error(new TypeError('terminated'));
        else if (at === end) controller.close();
        else {
          const next = Math.min(end, at + (chunkSizes[turn % chunkSizes.length] ?? 1));
          controller.enqueue(BYTES.slice(at, next));
          at = next;
          turn += 1;
        }
      },
    });
    return new Response(body, {
      status: asked === undefined ? 200 : 206,
      headers: {
        etag: '"one"',
        'content-length': String(BYTES.length - from),
        'content-range': `bytes ${from}-${BYTES.length - 1}/${BYTES.length}`,
      },
    });
  };
}

describe('a transfer', () => {
  it('brings every byte once and in order, however the connection is cut, while bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 5, max: 700 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 800 }), { maxLength: 12 }),
        fc.boolean(),
        async (chunkSizes, drops, ranges) => {
          const clock = new VirtualClock();
          // Without ranges a connection must get further than the one before it to make progress.
          const growing = ranges
            ? [...drops]
            : [...drops].sort((a, b) => a - b).filter((drop, at, all) => drop !== all[at - 1]);
          const context = contextAt('https://service.test', {
            clock,
            fetch: unreliable(chunkSizes, growing, ranges),
          });
          const chunks: Uint8Array[] = [];
          const destination = (chunk: Uint8Array): void => void chunks.push(chunk);
          await clock.run(downloadRender(context, { renderId: 'render_1', destination }));
          expect(Buffer.compare(Buffer.concat(chunks), BYTES)).toBe(0);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
