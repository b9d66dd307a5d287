import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { env } from 'node:process';

/** Runs a program to its end; rejects with what it wrote when that is not 0, or when it takes over `limitMs`. */
export function run(command, args, { cwd, environment = {}, limitMs = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...cleanEnvironment(), ...environment };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ended with ${signal ?? code}\n${stdout}${stderr}`.trim()));
    });
  });
}

/** Starts a program that goes on; `end()` ends it. `line` resolves with the first line of stdout that fits. */
export function start(command, args, { cwd, environment = {}, fits = () => true, limitMs = 60_000 } = {}) {
  const env = { ...cleanEnvironment(), ...environment };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const line = new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${command} did not begin\n${output}${errors}`)),
      limitMs,
    );
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = output.split('\n').slice(0, -1).find(fits);
      if (found !== undefined) {
        clearTimeout(timer);
        resolve(found);
      }
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`${command} ended with ${code}\n${output}${errors}`));
    });
  });
  // A line that the caller does not await is no unhandled rejection.
  line.catch(() => {});
  return {
    line,
    ended,
    said: () => `${output}${errors}`,
    /** Ends it at once, as a crash does. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async end() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The environment without the person's own account and service, which the jobs must never touch. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('NEMO_') && name !== 'NODE_OPTIONS'),
  );
}

/** A port of this machine that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
