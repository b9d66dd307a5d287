import { FRAME_SIZES } from '../dialect.js';
import { COMMANDS } from './commands.js';
import { checkLength, isPicture, NotDone, pictureOf } from './pictures.js';
import * as plan from './plan.js';
import { type AgentPlan, type AgentStep, type AgentTurn, CREDITS, edit, say, TAKES } from './plan.js';
import { asksForChange, type Reading, type Request, read } from './read.js';
import { asTheyAre, described, notDone, type Said, SENTENCES } from './speech.js';
import { lengthOf, newId, type Storyboard, storyboardOf, timelineOf } from './storyboard.js';

/**
 * The built-in agent: does what its table of commands understands, in the two stages of the service for a new video, and
 * lists what it did not do. A message that is understood in no part changes nothing and costs nothing.
 */
export function planByTable(turn: AgentTurn): AgentPlan {
  const board = turn.draft ? storyboardOf(turn.draft) : undefined;
  const reading = read(turn.message, board !== undefined, turn.media);
  const { create, requests, unread } = reading;
  const isAbout = turn.media.some(isPicture) || unread.length > 0;
  if (create || (!board && isAbout && !requests.every(asksForChange))) return creation(turn, reading);
  if (board && requests.some(({ command }) => command.edit)) return change(turn, board, reading);
  if (requests.length === 0) return free(turn, ...notDone(unread), SENTENCES.notUnderstood);
  return free(turn, ...(board ? [described(board), ...notDone(unread)] : [SENTENCES.nothingYet]));
}

/** Words in the language of the message. */
function words({ message, language }: AgentTurn, ...said: readonly Said[]): AgentStep {
  const isChinese =
    /\p{Script=Han}/u.test(message) || (!/[a-z]{2}/i.test(message) && language.startsWith('zh'));
  return say(said.map(([en, zh]) => (isChinese ? zh : en)).join(isChinese ? '' : ' '));
}

const free = (turn: AgentTurn, ...said: readonly Said[]): AgentPlan => ({
  steps: [words(turn, ...said)],
  credits: 0,
});

/** What requests made of a video. */
interface Stage {
  readonly board: Storyboard;
  /** Shows it, with the call of a tool. */
  readonly step: AgentStep;
  readonly isChanged: boolean;
  /** What was not done, as written. */
  readonly missed: readonly string[];
}

/** Carries out requests one after the other; one that cannot be done leaves the video as it was. */
function carryOut(turn: AgentTurn, before: Storyboard, requests: readonly Request[], takesMs: number): Stage {
  const { media, random } = turn;
  const hasLength = requests.some(({ command }) => command.name === 'length');
  const operations: { op: string }[] = [];
  const missed: string[] = [];
  let board = before;
  for (const { command, tokens, raw } of requests) {
    const copy = structuredClone(board);
    try {
      command.edit?.({ board: copy, seen: before.pictures, media, random, tokens, hasLength });
      if (lengthOf(copy) !== lengthOf(board)) checkLength(copy);
    } catch (error) {
      if (!(error instanceof NotDone)) throw error;
      missed.push(raw);
      continue;
    }
    board = storyboardOf(timelineOf(copy, media)) ?? board;
    if (command.edit) operations.push({ op: command.name });
  }
  const [was, now] = [timelineOf(before, media), timelineOf(board, media)];
  const response = { status: 'success', applied: operations.length, duration: now.d };
  const name = takesMs >= TAKES.clip ? 'generate_clip' : 'edit_multitrack';
  const step = edit(() => now, { call: { name, args: { operations }, response }, takesMs });
  return { board, step, isChanged: JSON.stringify(was) !== JSON.stringify(now), missed };
}

/** Changes the video that is there. */
function change(turn: AgentTurn, before: Storyboard, { requests, unread }: Reading): AgentPlan {
  const { board, step, isChanged, missed: failed } = carryOut(turn, before, requests, TAKES.edit);
  const missed = notDone([...unread, ...failed]);
  if (!isChanged) return free(turn, ...missed, SENTENCES.unchanged);
  const isSilent = missed.length === 0 && turn.random() < plan.SILENT_SHARE;
  const reply = words(turn, SENTENCES.done, described(board), ...missed, SENTENCES.preview);
  return { steps: [step, isSilent ? plan.silent() : reply], credits: CREDITS.edit };
}

/** A generated video has a scene for every so many ms, within bounds. */
const SCENES = { eachMs: 10_000, most: 6 } as const;

/** What a new video starts from: the uploads, or scenes where there are none. */
function firstBoard({ media, random, credits }: AgentTurn, subject = '', ms: number): Storyboard {
  const seed = Math.floor(random() * 2 ** 31);
  const frame = { title: subject, ...FRAME_SIZES['16:9'], fps: 30, seed };
  const board: Storyboard = { frame, pictures: [], words: [] };
  for (const file of media.filter(isPicture)) board.pictures.push(pictureOf(board, file, random));
  if (board.pictures.length > 0) return board;
  const most = Math.min(SCENES.most, Math.max(Math.floor(credits / CREDITS.clip), 1));
  const count = Math.min(Math.max(Math.round(ms / SCENES.eachMs), 1), most);
  const name = (subject || 'video').slice(0, 120).replace(/\p{Surrogate}/gu, '');
  for (let number = 1; number <= count; number++) {
    const src = `local:scene/${number}?words=${encodeURIComponent(name)}`;
    const d = Math.round(SCENES.eachMs / count);
    board.pictures.push({ id: newId('pic', random), s: 0, d, m: { name, src, kind: 'scene' } });
  }
  return board;
}

const rank = (name: string): number => COMMANDS.findIndex((command) => command.name === name);
/** What a new video gets without a word: crossfades, and the logo if one was uploaded. */
const USUAL = COMMANDS.filter(({ name }) => name === 'transitions' || name === 'logo').map(
  (command): Request => ({ command, tokens: [], raw: '' }),
);

/** Makes a new video: first its pictures, then what is over them. */
function creation(turn: AgentTurn, { create, requests, unread }: Reading): AgentPlan {
  // "A red fox in the snow. Make it 10 seconds long." is of what it does not understand.
  const isSubject = !create && !turn.media.some(isPicture);
  const subject = isSubject ? unread.join(' ') : create?.subject;
  const inOrder = requests.toSorted((a, b) => rank(a.command.name) - rank(b.command.name));
  const [pictures, overlays] = [false, true].map((isLater) =>
    inOrder.filter(({ command }) => rank(command.name) >= rank('transitions') === isLater),
  );
  const length = requests.find(({ command }) => command.name === 'length')?.tokens;
  const [ms = SCENES.eachMs] = length?.find(({ is }) => is === 'time')?.numbers ?? [];

  const start = firstBoard(turn, subject, ms);
  const scenes = start.pictures.filter(({ m }) => m.kind === 'scene').length;
  const takesMs = scenes > 0 ? TAKES.clip + (scenes - 1) * TAKES.anotherClip : TAKES.pictures;
  const first = carryOut(turn, start, pictures ?? [], takesMs);
  const second = carryOut(turn, first.board, [...USUAL, ...(overlays ?? [])], TAKES.furnishing);
  const failed = [...first.missed, ...second.missed].filter((raw) => raw !== '');
  if (!create && failed.length === requests.length) return free(turn, SENTENCES.nothingYet);
  const missed = notDone([...(isSubject ? [] : unread), ...failed]);
  const note = scenes > 0 ? SENTENCES.placeholder : subject && asTheyAre(subject);
  const reply = [described(second.board), ...(note ? [note] : []), ...missed, SENTENCES.export];
  return {
    steps: [
      words(turn, SENTENCES.working),
      first.step,
      ...(second.isChanged ? [second.step] : []),
      words(turn, SENTENCES.done, ...reply),
    ],
    credits: scenes > 0 ? scenes * CREDITS.clip : CREDITS.creation,
  };
}
