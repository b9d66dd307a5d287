import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/client.js';

/** A service whose session has this draft, as text, and these files. Keeps the bodies of what is submitted. */
function serviceWith(draft: string, files: object = {}) {
  const bodies: string[] = [];
  const logged: unknown[] = [];
  const log = (message: string, facts?: object): void => void logged.push([message, facts]);
  const logger = { debug: log, info: log, warn: log, error: log };
  const fetch = async (request: Request): Promise<Response> => {
    if (request.url.includes('/state/')) {
      const more = JSON.stringify(files).slice(1, -1);
      const text = `{"code":0,"data":{"state":{"draft":${draft}${more === '' ? '' : `,${more}`}}}}`;
      return new Response(text, { headers: { 'content-type': 'application/json' } });
    }
    bodies.push(await request.text());
    return Response.json({ success: true, data: { status: 'pending' } });
  };
  const nemo = new NemoVideo({ fetch, logger, token: 'nmv_usr_a', credentialStore: false });
  return { session: nemo.sessions.open({ sessionId: 's1' }), nemo, bodies, logged };
}

/** The draft in the body of a submission, as text. */
const draftIn = (body: string | undefined): string | undefined =>
  /"draft":(.*),"output":/s.exec(body ?? '')?.[1];

const digits = (most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((list) => list.join(''));
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits(25),
    fc.option(digits(25)),
    fc.option(fc.integer({ min: -400, max: 400 })),
  )
  .map(([sign, whole, fraction, power]) => {
    const head = `${sign}${whole.replace(/^0+(?=\d)/, '')}`;
    return `${head}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`;
  });

/** The value of a number as its digits and a power of ten, without leaving text. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  const kept = all.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${Number(power) - fraction.length + (all.length - kept.length)}`;
}

describe('a draft that is exported', () => {
  it('goes out with the output that was asked for, beside the documented one', async () => {
    const { session, bodies } = serviceWith('{"t":[{"tt":0,"sg":[{"d":1000}]}]}');
    await session.export();
    const [body] = bodies;
    expect(JSON.parse(body ?? '')).toMatchObject({ output: { format: 'mp4', quality: 'high' } });
    const other = serviceWith('{"t":[{"tt":0,"sg":[{"d":1000}]}]}');
    await other.session.export({ output: { resolution: '1080p', fps: 30 } });
    const output = { format: 'mp4', quality: 'high', resolution: '1080p', fps: 30 };
    expect(JSON.parse(other.bodies[0] ?? '').output).toEqual(output);
    const unset = serviceWith('{"t":[{"tt":0,"sg":[{"d":1000}]}]}');
    await unset.session.export({ output: { format: undefined, quality: undefined, fps: 30 } });
    expect(JSON.parse(unset.bodies[0] ?? '').output).toEqual({ format: 'mp4', quality: 'high', fps: 30 });
  });

  it('goes out with ids of 19 digits as they came', async () => {
    const id = '7316548291034567891';
    const draft = `{"t":[{"tt":0,"sg":[{"d":1000,"m":{"id":${id},"of":["${id}"]}}]}]}`;
    const { session, bodies } = serviceWith(draft);
    await session.export();
    expect(draftIn(bodies[0])).toBe(draft);
  });

  it('goes out with the addresses of its files in place of paths of the sandbox, and every number as it came', async () => {
    const draft = (upload: string, clip: string): string =>
      `{"t":[{"tt":0,"id":7316548291034567891,"sg":[{"d":1000,"src":"${upload}"},{"d":500,"m":{"file":"${clip}"}}]}]}`;
    const { session, bodies, logged } = serviceWith(
      draft('/mnt/userdata/u1/s1/sea view.mp4', '/mnt/userdata/gen/clip.mp4'),
      {
        video_infos: [{ filename: 'sea view.mp4', cdn_url: 'https://cdn.test/1/sea' }],
        generated_media: [{ name: 'clip.mp4', url: 'https://cdn.test/2/clip' }],
      },
    );
    await session.export();
    expect(draftIn(bodies[0])).toBe(draft('https://cdn.test/1/sea', 'https://cdn.test/2/clip'));
    expect(logged).toContainEqual([
      'export: replaced a path of the sandbox',
      { path: '/mnt/userdata/gen/clip.mp4' },
    ]);
  });

  it('goes out with exactly the value of every number, also from the snapshot of a queued job', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 5 }), async (numbers) => {
        const { session, nemo, bodies } = serviceWith(
          `{"t":[{"tt":0,"sg":[{"d":1000,"m":{"x":[${numbers.join(',')}]}}]}]}`,
        );
        const stop = new AbortController();
        const { signal } = stop;
        await session.export({ signal });
        const queued = await session.export({ signal });
        stop.abort();
        const stored = JSON.parse(JSON.stringify(queued));
        expect(stored).toHaveProperty('unsubmitted');
        const sent = bodies.map((body) => /"x":\[([^\]]*)\]/.exec(body)?.[1]?.split(',').map(decimalOf));
        expect(sent).toEqual([numbers.map(decimalOf)]);
        expect(nemo.renders.open(stored).toJSON()).toMatchObject({ unsubmitted: stored.unsubmitted });
      }),
      { numRuns: 40 },
    );
  });
});
