import { readFile } from 'node:fs/promises';
import {
  type AgentQuestion,
  describeChanges,
  OptionError,
  type Run,
  type Session,
  type SessionSnapshot,
} from '../index.js';
import { command, type Surroundings } from './command.js';
import { answerVideo } from './create.js';
import { EXIT, saveFile } from './output.js';
import { answersOf, exampleAnswer, quotedPath } from './typed-answers.js';

/** What a `--session` file contains: the session, and the question that waits for an answer. */
interface SessionFile {
  readonly session: SessionSnapshot;
  readonly question?: AgentQuestion | undefined;
}

/** `nemovideo-sdk send`. */
export const send = command({
  name: 'send',
  summary: 'sends a message to the agent and streams its answer',
  usage: '<message> [--session <id or file>] [--file <path>…]',
  about:
    'Without --session a new session is opened. A file ending in .json keeps the session, so that the next message and\n' +
    '`answer` find it. A message costs credits.',
  flags: {
    session: {
      kind: 'text',
      value: 'id or file',
      text: 'the id of a session, or a .json file that keeps one',
    },
    file: { kind: 'list', short: 'f', value: 'path', text: 'uploads it first; may be repeated' },
    language: { kind: 'text', value: 'tag', text: 'of a new session, e.g. en or zh' },
  },
  examples: [
    '"Make a 10-second video of the sea" --session sea.json',
    '"Add a title \\"Calm\\"" --session sea.json',
  ],
  async run({ values, rest }, surroundings) {
    const { output, signal } = surroundings;
    const message = rest.join(' ').trim();
    if (message === '') throw new OptionError({ field: 'message', accepted: 'a text that is not empty' });
    const place = placeOf(values.session);
    const session =
      (await openSession(place, surroundings)) ?? (await newSession(place, values.language, surroundings));
    if (values.file !== undefined) {
      await session.upload([...values.file], { signal });
    }
    output.note(`Session ${session.id}`);
    return follow(session.run(message, { signal }), session, place, surroundings);
  },
});

/** Kept before its first message: what is interrupted or fails is found again. */
async function newSession(
  place: SessionPlace | undefined,
  language: string | undefined,
  { nemo, signal }: Surroundings,
): Promise<Session> {
  const session = await nemo.sessions.create({ language, signal });
  if (place?.file !== undefined) await writeSession(place.file, { session: session.toJSON() });
  return session;
}

/** `nemovideo-sdk answer`. */
export const answer = command({
  name: 'answer',
  summary: 'answers a question of the agent, and continues',
  usage: '<answer…> --checkpoint <file> | --session <file>',
  about:
    'One answer for each question, in their order: an option, several separated by commas, or your own words; "" skips one.',
  flags: {
    checkpoint: { kind: 'text', value: 'file', text: 'of a video that `create` began' },
    session: { kind: 'text', value: 'file', text: 'of a conversation that `send` began' },
  },
  examples: ['"Vertical" --checkpoint promo.checkpoint', '"Lo-fi" "" --session sea.json'],
  async run({ values, rest }, surroundings) {
    const { checkpoint } = values;
    if (checkpoint !== undefined) return answerVideo(checkpoint, rest, surroundings);
    const place = placeOf(values.session);
    if (place?.file === undefined) {
      throw new OptionError({
        field: '--session',
        accepted: 'the .json file of a conversation, or use --checkpoint',
      });
    }
    const kept = await readSession(place.file);
    if (kept?.question === undefined) {
      throw new OptionError({
        field: '--session',
        accepted: 'the file of a conversation in which the agent asked',
        hint: 'Use `nemovideo-sdk send` for a message.',
      });
    }
    const session = surroundings.nemo.sessions.open(kept.session);
    const run = session.answer(kept.question, answersOf(kept.question, rest), {
      signal: surroundings.signal,
    });
    return follow(run, session, place, surroundings);
  },
});

/** Where a session is kept: a file, or only its id. */
export interface SessionPlace {
  readonly id?: string;
  readonly file?: string;
}

/** What `--session` means. */
export function placeOf(typed: string | undefined): SessionPlace | undefined {
  if (typed === undefined) return undefined;
  return typed.endsWith('.json') ? { file: typed } : { id: typed };
}

/** The session of `--session`; undefined when there is none yet. */
export async function openSession(
  place: SessionPlace | undefined,
  { nemo }: Surroundings,
): Promise<Session | undefined> {
  if (place?.id !== undefined) return nemo.sessions.open({ sessionId: place.id });
  const kept = place?.file === undefined ? undefined : await readSession(place.file);
  return kept && nemo.sessions.open(kept.session);
}

async function follow(
  run: Run,
  session: Session,
  place: SessionPlace | undefined,
  { output }: Surroundings,
): Promise<number> {
  try {
    for await (const event of run) {
      if (event.type === 'text') output.words(event.displayDelta);
      else if (event.type === 'timeline')
        output.event({ type: 'timeline', timeline: event.timeline.toString() });
      else if (event.type === 'still_working') output.note('Still working…');
      else if (event.type === 'recovering') output.note('The connection broke; looking for the outcome…');
    }
    const { displayText, summary, changes, question, timeline, silent } = await run;
    if (place?.file !== undefined) await writeSession(place.file, { session: session.toJSON(), question });
    if (question !== undefined) {
      const where = place?.file === undefined ? '<file>' : quotedPath(place.file);
      output.question(question, `nemovideo-sdk answer --session ${where} ${exampleAnswer(question)}`);
      return EXIT.awaitingInput;
    }
    output.result(silent || changes.length > 0 ? `\n${summary.join('\n')}` : '', {
      sessionId: session.id,
      text: displayText,
      changes: describeChanges(changes),
      ...(timeline && { timeline: timeline.toString() }),
    });
    return EXIT.done;
  } catch (error) {
    return output.interrupted(
      error,
      'The message may be at work in the service: look with `nemovideo-sdk timeline` before you send it again.',
    );
  }
}

async function readSession(file: string): Promise<SessionFile | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new OptionError({ field: '--session', accepted: 'a file that can be read', cause: error });
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OptionError({ field: '--session', accepted: 'a file that `nemovideo-sdk send` wrote', cause });
  }
}

async function writeSession(file: string, kept: SessionFile): Promise<void> {
  await saveFile('--session', file, `${JSON.stringify(kept)}\n`);
}
