import { env } from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ask,
  createTestClient,
  edit,
  expectChargedOnce,
  expectSentOnce,
  fail,
  lateWrite,
  say,
  silent,
  VirtualClock,
} from '../../src/testing/index.js';
import { draftOf } from '../local/support/script.js';
import { png } from '../support/pictures.js';

const PROMPT = 'Make a 10-second video about the sea with the title "Hello"';
const HOUR = 3_600_000;

afterEach(() => vi.unstubAllEnvs());

describe('a test client', () => {
  it('makes a whole video without waiting, and leaves no sleeper', async () => {
    await using test = await createTestClient();
    const begun = test.clock.now();
    const video = await test.nemo.createVideo({
      media: [{ name: 'mug.png', data: png(64, 48, [200, 60, 40]) }],
      prompt: PROMPT,
    });
    expect(video.timeline.durationMs).toBe(10_000);
    expect(test.clock.now()).toBeGreaterThan(begun + 1_000);
    expect(test.clock.pending).toBe(0);
    expectChargedOnce(test.backend);
    expectSentOnce(test.backend);
  });

  it('has more credits than any test spends', async () => {
    await using test = await createTestClient();
    expect((await test.nemo.credits.balance()).available).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('reads no variable of the environment', async () => {
    vi.stubEnv('NEMO_TOKEN', 'nmv_usr_of_the_machine');
    vi.stubEnv('NEMO_API_URL', 'https://other.test');
    vi.stubEnv('NEMO_WEB_URL', 'https://web.other.test');
    vi.stubEnv('NEMO_CLIENT_ID', 'the machine');
    vi.stubEnv('SKILL_SOURCE', 'the machine');
    await using test = await createTestClient({ credits: 0 });
    const session = await test.nemo.sessions.create();
    const error: unknown = await session.send(PROMPT).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'InsufficientCreditsError' });
    expect(JSON.stringify(error)).toContain('https://nemovideo.com/');
    const headers = JSON.stringify(test.backend.requests.map((request) => request.headers));
    expect(headers).not.toContain('the machine');
    expect(env.NEMO_CLIENT_ID).toBe('the machine');
  });

  it('shares nothing with another', async () => {
    await using one = await createTestClient({ agent: say('one') });
    await using other = await createTestClient({ agent: say('other') });
    expect((await (await one.nemo.sessions.create()).send('?')).text).toBe('one');
    expect((await (await other.nemo.sessions.create()).send('?')).text).toBe('other');
    expect(one.backend.requests.filter(({ operation }) => operation === 'token')).toHaveLength(1);
    expect(other.backend.requests.filter(({ operation }) => operation === 'token')).toHaveLength(1);
  });

  it('is closed at the end of its scope', async () => {
    let url: string;
    {
      await using test = await createTestClient();
      url = await test.backend.listen();
    }
    await expect(fetch(url)).rejects.toThrow(TypeError);
  });

  it('has an agent that does what the test says, step by step', async () => {
    await using test = await createTestClient({
      agent: [
        say('Working.'),
        edit(() => draftOf('Sale')),
        lateWrite((draft) => ({ ...draft, d: 7_000 })),
        say('Done!'),
      ],
    });
    const session = await test.nemo.sessions.create();
    const { text } = await session.send('anything');
    expect(text).toContain('Done!');
    test.backend.agent.on('mood', ask('Which mood?'));
    expect((await session.send('mood')).question?.questions[0]?.prompt).toBe('Which mood?');
    test.backend.agent.on('quiet', [edit((draft) => ({ ...draft, d: 3_000 })), silent()]);
    expect((await session.send('quiet')).silent).toBe(true);
    test.backend.agent.on('break', fail({ message: 'overloaded' }));
    await expect(session.send('break')).rejects.toThrow('overloaded');
  });

  it('meets the faults that it is created with', async () => {
    await using test = await createTestClient({
      faults: [
        { on: 'session', do: 'status' },
        { on: 'run', do: 'reset', after: 'event:3' },
      ],
    });
    const session = await test.nemo.sessions.create();
    expect((await session.send(PROMPT)).recovered).toBe(true);
    expectSentOnce(test.backend);
    expectChargedOnce(test.backend);
  });

  it('takes options of the client, and follows its clock', async () => {
    const clock = new VirtualClock({ startMs: 0, auto: false });
    await using test = await createTestClient({ clock, client: { language: 'de' } });
    const session = await clock.run(test.nemo.sessions.create());
    expect(test.backend.requests.find(({ operation }) => operation === 'session')?.body).toMatchObject({
      language: 'de',
    });
    await clock.advance(8 * 24 * HOUR);
    await clock.run(session.state());
    expect(test.backend.requests.filter(({ operation }) => operation === 'token')).toHaveLength(2);
  });

  it('renders where it is asked to, in no time of its clock', { timeout: 180_000 }, async () => {
    await using test = await createTestClient({ render: 'video', client: { poll: { maxMs: 1_000 } } });
    const session = await test.nemo.sessions.create();
    await session.send('Make a 1-second video with the title "Hi"');
    const begun = test.clock.now();
    const job = await session.export();
    const { bytes } = await job.result();
    expect(bytes).not.toBe(0);
    expect(test.clock.now() - begun).toBeLessThan(60_000);
  });

  it.each([
    [{ agnet: say('x') }, 'agnet'],
    [{ agent: 'say' }, 'agent'],
    [{ agent: [] }, 'agent'],
    [{ faults: { on: 'run', do: 'explode' } }, 'do'],
    [{ speed: 0 }, 'speed'],
    [{ clock: { now: () => 0, sleep: async () => {} } }, 'clock'],
    [{ client: { tokn: 'x' } }, 'tokn'],
    [{ client: 1 }, 'client'],
    [1, 'options'],
  ])('refuses %j, naming %s', async (options, field) => {
    await expect(createTestClient(options as never)).rejects.toMatchObject({ name: 'OptionError', field });
  });

  it('resumes what another process began, without a second message', async () => {
    await using test = await createTestClient();
    const death = new AbortController();
    let saved = '';
    const first = test.nemo.createVideo({
      prompt: PROMPT,
      signal: death.signal,
      onCheckpoint: (snapshot) => {
        if (death.signal.aborted) return;
        saved = JSON.stringify(snapshot);
        if (snapshot.run !== undefined) death.abort();
      },
    });
    await expect(first.result()).rejects.toMatchObject({ name: 'AbortError' });
    const video = await test.nemo.openVideo(JSON.parse(saved), { sendAgain: true }).result();
    expect(video.timeline.durationMs).toBe(10_000);
    expectSentOnce(test.backend);
  });
});
