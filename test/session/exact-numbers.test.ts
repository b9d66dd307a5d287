import fc from 'fast-check';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/index.js';

/** A service that answers with these texts, and the bodies that were sent to it. */
function service(texts: { readonly state: string; readonly run?: string }): {
  readonly nemo: NemoVideo;
  readonly sent: string[];
} {
  const sent: string[] = [];
  const nemo = new NemoVideo({
    token: 'nmv_usr_test',
    credentialStore: false,
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const json = { headers: { 'content-type': 'application/json' } };
      if (pathname === '/run_sse') {
        return new Response(texts.run ?? '', { headers: { 'content-type': 'text/event-stream' } });
      }
      if (pathname.startsWith('/api/state/')) {
        return new Response(`{"code":0,"data":{"state":{"draft":${texts.state}}}}`, json);
      }
      sent.push(await request.text());
      return new Response('{"success":true,"data":{"id":"render_1","status":"completed"}}', json);
    },
  });
  return { nemo, sent };
}

/** The draft in the body of a submitted render, and any other JSON, with every number as a reduced fraction of ten. */
const exactly = (text: string): unknown =>
  parseLossless(text, (_, value) => (isLosslessNumber(value) ? reduced(value.value) : value));

function reduced(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(number) ?? [];
  const digits = BigInt(whole + fraction);
  const significant = String(digits).replace(/0*$/, '');
  const zeros = String(digits).length - significant.length;
  return digits === 0n ? '0' : `${sign}${significant}e${Number(power) - fraction.length + zeros}`;
}

const number = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{1,30}$/)),
    fc.constantFrom('', '', 'e3', 'E-400', 'e+400'),
  )
  .map((parts) => parts.join(''));

const draftText = fc
  .tuple(number, number, number, fc.array(number))
  .map(
    ([id, position, hash, list]) =>
      `{"t":[{"tt":0,"id":${id},"sg":[{"d":1000,"id":${hash},"m":{"x":${position},"list":[${list.join(',')}]}}]}],"m":{"v":${id}}}`,
  );

describe('the numbers of a draft', () => {
  it('go back to the service with exactly the value that came, of any length', async () => {
    await fc.assert(
      fc.asyncProperty(draftText, async (state) => {
        const { nemo, sent } = service({ state });
        await nemo.sessions.open({ sessionId: 's1' }).export();
        expect(sent).toHaveLength(1);
        expect(exactly(sent[0] ?? '')).toMatchObject({ draft: exactly(state) });
      }),
      { numRuns: 100 },
    );
  });

  it('are shown to the letter where they are ids, and survive the snapshot of a run', async () => {
    const state = '{"t":[{"tt":0,"sg":[{"id":1234567890123456789,"d":1000}]}]}';
    const delta = `{"content":{"parts":[{"text":"Done."}]},"actions":{"stateDelta":{"draft":${state.replace('456789,', '456790,')}}}}`;
    const { nemo } = service({ state, run: `data: ${delta}\n\n` });
    let snapshot: unknown;
    const run = nemo.sessions.open({ sessionId: 's1' }).run('Cut it.', {
      onSend: (sent) => {
        snapshot = JSON.parse(JSON.stringify(sent));
      },
    });
    const { timeline, changes } = await run.result();
    expect(timeline?.tracks[0]?.segments[0]?.id).toBe('1234567890123456790');
    expect(changes.map(({ type }) => type)).toEqual(['removed', 'added']);
    expect(JSON.stringify(snapshot)).toContain('1234567890123456789');
  });

  it('are read from a draft that is a text in the state', async () => {
    const state = JSON.stringify('{"t":[{"tt":0,"sg":[{"id":1234567890123456789,"d":1000}]}]}');
    const { nemo, sent } = service({ state });
    const session = nemo.sessions.open({ sessionId: 's1' });
    expect((await session.timeline()).tracks).toHaveLength(1);
    await session.export();
    expect(sent[0]).toContain('"draft":{"t":[{"tt":0,"sg":[{"id":1234567890123456789,"d":1000}]}]}');
  });
});
