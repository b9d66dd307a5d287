import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/client.js';
import { NothingToExportError, OptionError, SessionBusyError } from '../../src/errors/index.js';
import type { Session } from '../../src/session/index.js';
import type { Middleware } from '../../src/transport/index.js';
import { PNG, serve } from '../local/support/wire.js';
import { settle } from '../support/virtual-clock.js';

const TASK = { name: 'photo.png', data: PNG };

/** A client of a local backend in this process, on a virtual clock. */
async function world(middleware: readonly Middleware[] = [], webUrl?: string) {
  const { backend, clock } = await serve('in process');
  const token = backend.issueToken();
  const nemo = new NemoVideo({
    baseUrl: backend.url,
    fetch: backend.fetch,
    token,
    clock,
    credentialStore: false,
    middleware,
    webUrl,
  });
  return {
    backend,
    nemo,
    token,
    clock,
    run: <T>(promise: Promise<T>) => clock.run(promise),
    session: (): Promise<Session> => clock.run(nemo.sessions.create()),
    /** What was asked of the service since the session was made. */
    asked: () => backend.requests.map(({ operation }) => operation).slice(1),
  };
}

/** The same, hearing of every rejection that nobody hears of. */
async function listening() {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  return {
    ...(await world()),
    unheard() {
      process.off('unhandledRejection', hear);
      return unheard;
    },
  };
}

describe('a session', () => {
  it.each([
    [
      { task_id: 12, session_id: 34 },
      { id: '34', taskId: '12' },
    ],
    [
      { task_id: {}, session_id: 's' },
      { id: 's', taskId: undefined },
    ],
    [
      { session_id: 's', user_id: [] },
      { id: 's', taskId: undefined },
    ],
  ])('reads ids that are numbers as text: %o', async (data, expected) => {
    const fetch = async (): Promise<Response> => Response.json({ code: 0, data });
    const nemo = new NemoVideo({ fetch, token: 'nmv_usr_a', credentialStore: false });
    const { id, taskId } = await nemo.sessions.create();
    expect({ id, taskId }).toEqual(expected);
  });

  it('is made with one request, and opened again from its snapshot with none', async () => {
    const { backend, nemo, session, token } = await world();
    const made = await session();
    const snapshot = made.toJSON();
    expect(snapshot).toMatchObject({ version: 1, sessionId: made.id, taskId: made.taskId });
    expect(JSON.stringify(snapshot)).not.toContain(token);
    const opened = nemo.sessions.open(JSON.parse(JSON.stringify(snapshot)));
    expect([opened.id, opened.taskId]).toEqual([made.id, made.taskId]);
    expect(backend.requests).toHaveLength(1);
  });

  it.each([undefined, {}, { sessionId: '' }, { sessionId: 'a', version: 2 }, { sessionId: 'a', taskId: 1 }])(
    'is not opened from %o',
    async (snapshot) => {
      const { nemo } = await world();
      expect(() => Reflect.apply(nemo.sessions.open, nemo.sessions, [snapshot])).toThrow(OptionError);
    },
  );

  it('has an empty timeline and no draft at first, which is no error', async () => {
    const { session, run } = await world();
    const fresh = await session();
    expect((await run(fresh.timeline())).tracks).toEqual([]);
    const state = await run(fresh.state());
    expect(state).toMatchObject({ media: [], generated: [] });
    expect(state.draft).toBeUndefined();
  });

  it('returns the facts of an answer when asked for them', async () => {
    const { session, run } = await world();
    const { data, status, requestId } = await run((await session()).state().withResponse());
    expect(status).toBe(200);
    expect(requestId).toEqual(expect.any(String));
    expect(data.media).toEqual([]);
  });

  it('has its uploads in its state, in order', async () => {
    const { session, run } = await world();
    const made = await session();
    const uploaded = await run(made.upload([TASK, { ...TASK, name: 'second.png' }]));
    expect(uploaded).toMatchObject([
      { name: 'photo.png', kind: 'image', width: 1, height: 1 },
      { name: 'second.png', kind: 'image' },
    ]);
    expect((await run(made.state())).media.map(({ name }) => name)).toEqual(['photo.png', 'second.png']);
  });
});

describe('the state before a message', () => {
  it('is read, also of a new session, which may have a default draft', async () => {
    const { session, run, asked } = await world();
    await run((await session()).send('hello'));
    expect(asked().slice(0, 2)).toEqual(['state', 'run']);
  });

  it('is read ahead after an upload, which changed it: the message does not wait for it', async () => {
    const { session, run, asked } = await world();
    const made = await session();
    await run(made.upload(TASK));
    await settle();
    expect(asked()).toEqual(['upload', 'state']);
    const result = await run(made.send('hello'));
    expect(asked().slice(0, 3)).toEqual(['upload', 'state', 'run']);
    expect(result.changes.length).toBeGreaterThan(0);
  });

  it('is read of a session that was opened, and not again when it was just read', async () => {
    const { nemo, session, run, asked } = await world();
    const opened = nemo.sessions.open((await session()).toJSON());
    await run(opened.send('hello'));
    expect(asked().slice(0, 2)).toEqual(['state', 'run']);
    const before = asked().length;
    await run(opened.send('again'));
    expect(asked().slice(before, before + 2)).toEqual(['state', 'run']);
  });

  it('is read ahead some seconds after a message, for the next one', async () => {
    const { session, run, asked, clock } = await world();
    const made = await session();
    await run(made.send('hello'));
    const before = asked().length;
    await clock.advance(3_000);
    expect(asked().slice(before)).toEqual(['state']);
    await run(made.send('again'));
    expect(asked()[before + 1]).toBe('run');
  });

  it('is not what was read while files were still arriving', async () => {
    const { session, run, asked } = await world();
    const made = await session();
    let read: Promise<unknown> | undefined;
    const onProgress = (): void => {
      read ??= made.state();
    };
    await run(made.upload([TASK, TASK], { onProgress }));
    await run(Promise.resolve(read));
    await settle();
    // One while the files arrived, and one afterwards, which counts.
    expect(asked().filter((operation) => operation === 'state')).toHaveLength(2);
    expect(asked().at(-1)).toBe('state');
    const before = asked().length;
    const { changes } = await run(made.send('hello'));
    expect(asked()[before]).toBe('run');
    expect(changes.length).toBeGreaterThan(0);
  });
});

describe('an answer that comes late', () => {
  it('is not taken for the state after an upload that overtook it', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    const hold: Middleware = async (request, next, { operation }) => {
      const response = await next(request);
      if (operation !== 'state' || !first) return response;
      first = false;
      await held;
      return response;
    };
    const { session, run, asked } = await world([hold]);
    const made = await session();
    const late = made.state();
    await settle();
    await run(made.upload(TASK));
    release();
    await run(late);
    await run(made.send('hello'));
    // The one that was overtaken does not count: another was read after the upload.
    expect(asked()[0]).toBe('state');
    const after = asked().slice(asked().indexOf('upload'), asked().indexOf('run'));
    expect(after).toContain('state');
  });
});

describe('an answer that is no state', () => {
  it.each([
    { status: 'ok' },
    { error: 'not found' },
    { code: 'SESSION_EXPIRED' },
    { detail: 'Not Found' },
    {},
  ])('is told, and not taken for an empty session: %o', async (answer) => {
    const { backend, session, run } = await world();
    const made = await session();
    const body = JSON.stringify(answer);
    backend.faults.add({ on: 'state', do: 'status', status: 200, body, times: Infinity });
    const expected = { name: 'ResponseFormatError', path: 'state.state', sessionId: made.id };
    await expect(run(made.state())).rejects.toMatchObject(expected);
    await expect(run(made.export())).rejects.toMatchObject(expected);
  });

  it('reports nothing about the outcome of a message', async () => {
    const { backend, session, run } = await world();
    const made = await session();
    backend.faults.add({ on: 'run', do: 'reset', after: 'headers' });
    const onSend = (): void =>
      void backend.faults.add({
        on: 'state',
        do: 'status',
        status: 200,
        body: '{"status":"ok"}',
        times: Infinity,
      });
    await expect(run(made.send('Create a 10-second video about the sea', { onSend }))).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
    });
    expect(backend.charges.length).toBeLessThanOrEqual(1);
  });
});

describe('messages of a session', () => {
  it('go one at a time: a second is refused before it is sent', async () => {
    const { backend, session, run } = await world();
    const made = await session();
    const first = made.send('first');
    const started = first.result();
    const second = made.send('second').catch((error: unknown) => error);
    expect(await run(second)).toBeInstanceOf(SessionBusyError);
    await run(started);
    expect(backend.requests.filter(({ operation }) => operation === 'run')).toHaveLength(1);
    await run(made.send('third'));
    expect(backend.requests.filter(({ operation }) => operation === 'run')).toHaveLength(2);
  });

  it('are not delayed by an unused run', async () => {
    const { session, run } = await world();
    const made = await session();
    made.run('never used');
    expect((await run(made.send('hello'))).text).not.toBe('');
  });

  it('report their snapshot before they leave, and are not sent when that throws', async () => {
    const { backend, session, run } = await world();
    const made = await session();
    const onSend = (): void => {
      expect(backend.requests.some(({ operation }) => operation === 'run')).toBe(false);
      throw new Error('the disk is full');
    };
    await expect(run(made.send('hello', { onSend }))).rejects.toThrow('the disk is full');
    expect(backend.requests.some(({ operation }) => operation === 'run')).toBe(false);
    await run(made.send('hello'));
  });
});

describe('an export of a session', () => {
  it('is refused before anything is submitted when nothing is on the timeline', async () => {
    const { session, run, asked } = await world();
    const made = await session();
    await expect(run(made.export())).rejects.toThrow(NothingToExportError);
    expect(asked()).toEqual(['state']);
  });

  it('gives a job; the next one waits for it', async () => {
    const { backend, session, run } = await world();
    const made = await session();
    await run(made.send('hello'));
    const submitted: string[] = [];
    const onSubmit = ({ id }: { readonly id: string }): void => void submitted.push(id);
    const first = await run(made.export({ onSubmit }));
    const second = await run(made.export({ onSubmit }));
    expect(second.status).toBe('queued');
    expect(submitted).toEqual([first.id]);
    await run(second.result());
    expect(first.status).toBe('completed');
    expect(submitted).toEqual([first.id, second.id]);
    expect(backend.requests.filter(({ operation }) => operation === 'render')).toHaveLength(2);
  });
});

describe('an export that waits for the one before it', () => {
  const stalled = async () => {
    const { backend, session, run, unheard } = await listening();
    const made = await session();
    await run(made.send('Create a 10-second video about the sea'));
    backend.faults.add({ on: 'render', do: 'stall' });
    const first = made.export();
    await settle();
    const caller = new AbortController();
    const second = made.export({ signal: caller.signal });
    await settle();
    return { backend, first, second, caller, unheard };
  };

  it('is given up at once, and submits nothing', async () => {
    const { backend, first, second, caller, unheard } = await stalled();
    const before = backend.requests.length;
    caller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(backend.requests.length).toBe(before);
    first.catch(() => {});
    await backend.close();
    await settle();
    expect(unheard()).toEqual([]);
  });
});

describe('a claim link', () => {
  it('opens the project on the website, with a claim token and never the token of the account', async () => {
    const { session, run, token } = await world();
    const link = await run((await session()).claimLink());
    expect(link.href).toMatch(/^https:\/\/nemovideo\.com\/workspace\/claim\?ct=clm_/);
    expect(link.href).not.toContain(token);
  });

  it.each([
    ['https://web.test/?ref=partner', /^https:\/\/web\.test\/workspace\/claim\?ref=partner&ct=clm_/],
    ['https://web.test/de/#', /^https:\/\/web\.test\/de\/workspace\/claim\?ct=clm_/],
  ])('leads to its page also where the website is at %s', async (webUrl, link) => {
    const { session, run } = await world([], webUrl);
    expect((await run((await session()).claimLink())).href).toMatch(link);
  });

  it('reads the task from the state where the session was opened by its id alone', async () => {
    const reported: Middleware = async (request, next, { operation }) => {
      const response = await next(request);
      if (operation !== 'state') return response;
      const { data } = (await response.json()) as { data: object };
      return Response.json({ code: 0, data: { ...data, session_id: 's1', task_id: 4711 } });
    };
    const { nemo, session, run, backend } = await world([reported]);
    const { id } = await session();
    const opened = nemo.sessions.open({ sessionId: id });
    expect(opened.taskId).toBeUndefined();
    await run(opened.state());
    expect(opened.taskId).toBe('4711');
    expect(opened.toJSON()).toMatchObject({ taskId: '4711' });
    await run(opened.claimLink()).catch(() => {});
    expect(backend.requests.filter(({ operation }) => operation === 'state')).toHaveLength(1);
  });

  it('needs the task, and says so where the state does not name it', async () => {
    const anonymous: Middleware = async (request, next, { operation }) => {
      const response = await next(request);
      if (operation !== 'state') return response;
      const { data } = (await response.json()) as { data: { state: object } };
      return Response.json({ code: 0, data: { state: data.state } });
    };
    const { nemo, session, run, asked } = await world([anonymous]);
    const { id } = await session();
    await expect(run(nemo.sessions.open({ sessionId: id }).claimLink())).rejects.toThrow(OptionError);
    expect(asked()).toEqual(['state']);
  });
});
