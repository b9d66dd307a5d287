import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';
import { Readable, Writable } from 'node:stream';

/** A tab of a headless browser. */
interface Tab {
  /** The value of an expression in the page, which must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits until an expression is truthy, and returns its value. Fails after a minute with the text of the page. */
  until(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A headless browser. */
export interface Browser {
  open(address: string): Promise<Tab>;
  close(): Promise<void>;
}

/** Where Chromium is; undefined where it is not installed. */
export function chromiumPath(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Starts Chromium, and speaks its DevTools protocol over two pipes: JSON that ends with a zero byte. */
export async function openBrowser(path: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'nemovideo-chromium-'));
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const child = spawn(path, [...args, `--user-data-dir=${profile}`, '--remote-debugging-pipe'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) throw new Error('no pipes');
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  // A browser that ends, or does not start, answers nothing more.
  void exited.then(() => {
    for (const answer of waiting.values()) answer({ error: 'the browser has ended' });
  });
  for (const pipe of [toBrowser, fromBrowser]) pipe.on('error', () => {});
  let received = '';
  fromBrowser.setEncoding('utf8').on('data', (text: string) => {
    const messages = (received + text).split('\0');
    received = messages.pop() ?? '';
    for (const message of messages) {
      const answer = JSON.parse(message);
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    }
  });
  let calls = 0;
  const call = (method: string, params: object, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      calls += 1;
      waiting.set(calls, ({ result, error }) =>
        error === undefined
          ? resolve(Object(result))
          : reject(new Error(`${method}: ${JSON.stringify(error)}`)),
      );
      toBrowser.write(`${JSON.stringify({ id: calls, method, params, sessionId })}\0`);
    });
  return {
    async open(address) {
      const { targetId } = await call('Target.createTarget', { url: address });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const evaluate = async (expression: string): Promise<unknown> => {
        const params = { expression, returnByValue: true, awaitPromise: true };
        const { result } = await call('Runtime.evaluate', params, String(sessionId));
        return Reflect.get(Object(result), 'value');
      };
      return {
        evaluate,
        async until(expression) {
          for (let look = 0; look < 1_200; look += 1) {
            const value = await evaluate(expression);
            if (value) return value;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          throw new Error(`never: ${expression}\n${await evaluate('document.body.innerText')}`);
        },
        async close() {
          await call('Target.closeTarget', { targetId });
        },
      };
    },
    async close() {
      child.kill('SIGKILL');
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
