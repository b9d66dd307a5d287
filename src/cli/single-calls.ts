import { OptionError, type Session, timelineANSI, timelineSVG } from '../index.js';
import { command, type Surroundings } from './command.js';
import { openSession, placeOf } from './conversation.js';
import { EXIT, saveFile } from './output.js';

const SESSION = {
  session: {
    kind: 'text',
    value: 'id or file',
    text: 'the id of a session, or the .json file that keeps it (required)',
  },
} as const;

async function sessionOf(typed: string | undefined, surroundings: Surroundings): Promise<Session> {
  const session = await openSession(placeOf(typed), surroundings);
  if (session !== undefined) return session;
  throw new OptionError({
    field: '--session',
    accepted: 'the id of a session, or the .json file that keeps it',
    hint: 'Begin a session with `nemovideo-sdk send … --session session.json`.',
  });
}

/** `nemovideo-sdk timeline`. */
export const timeline = command({
  name: 'timeline',
  summary: 'shows the timeline of a session',
  usage: '--session <id or file> [--svg <file>]',
  about: 'Reads the state of the session; costs nothing.',
  flags: { ...SESSION, svg: { kind: 'text', value: 'file', text: 'saves it as a picture' } },
  examples: ['--session sea.json', '--session sea.json --svg sea.svg'],
  async run({ values }, surroundings) {
    const session = await sessionOf(values.session, surroundings);
    const now = await session.timeline({ signal: surroundings.signal });
    if (values.svg !== undefined) await saveFile('--svg', values.svg, timelineSVG(now));
    surroundings.output.result(process.stdout.isTTY ? timelineANSI(now) : now.toString(), {
      sessionId: session.id,
      timeline: now.toString(),
      durationMs: now.durationMs,
      exportable: now.isExportable(),
      ...(values.svg === undefined ? {} : { svg: values.svg }),
    });
    return EXIT.done;
  },
});

/** `nemovideo-sdk export`. */
export const exportVideo = command({
  name: 'export',
  summary: 'renders the timeline of a session to an MP4',
  usage: '--session <id or file> -o <file>',
  about: 'Starts a render, waits for it, and saves the file. A render is free.',
  flags: {
    ...SESSION,
    output: { kind: 'text', short: 'o', value: 'file', text: 'where the MP4 goes (required)' },
    resolution: { kind: 'text', value: 'name', text: 'e.g. 1080p' },
    fps: { kind: 'number', value: 'number', text: 'frames a second' },
  },
  examples: ['--session sea.json -o sea.mp4'],
  async run({ values }, surroundings) {
    const { output, signal } = surroundings;
    if (values.output === undefined)
      throw new OptionError({
        field: '--output',
        accepted: 'the path of the MP4',
        hint: 'For example: -o promo.mp4',
      });
    const session = await sessionOf(values.session, surroundings);
    try {
      const job = await session.export({
        output: { resolution: values.resolution, fps: values.fps },
        signal,
      });
      // Begun before the render is watched: a place where nothing can be saved shows at once.
      const saved = job.download(values.output, { signal });
      let failed = false;
      saved.catch(() => {
        failed = true;
      });
      for await (const { status, progress = 0 } of job) {
        if (failed) break;
        output.progress({ phase: 'render', percent: Math.round(progress), message: `Rendering (${status})` });
      }
      const { path, bytes } = await saved;
      output.result(path ?? values.output, { sessionId: session.id, renderId: job.id, path, bytes });
      return EXIT.done;
    } catch (error) {
      return output.interrupted(
        error,
        'The render continues in the service. The same command starts another, which is free.',
      );
    }
  },
});

/** `nemovideo-sdk credits`. */
export const credits = command({
  name: 'credits',
  summary: 'shows the balance of the account',
  usage: '',
  about:
    'Costs nothing. A clip costs about 100 credits, an editing session about 50 (figures of the service).',
  flags: {},
  examples: ['', '--json'],
  async run(_, { nemo, output, signal }) {
    const { available, frozen, total } = await nemo.credits.balance({ signal });
    output.result(`${available} credits available (${frozen} frozen, ${total} in all)`, {
      available,
      frozen,
      total,
    });
    return EXIT.done;
  },
});
