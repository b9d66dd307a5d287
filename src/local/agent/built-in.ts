import { FRAME_SIZES, type LocalDraft, type LocalMedia } from '../dialect.js';
import { COMMANDS } from './commands.js';
import { logo } from './overlays.js';
import {
  isLogo,
  isPicture,
  type Job,
  type Outcome,
  pictureOf,
  type Said,
  sceneOf,
  seconds,
} from './pictures.js';
import {
  type AgentPlan,
  type AgentStep,
  type AgentTurn,
  CREDITS,
  edit,
  generationTime,
  SILENT_SHARE,
  say,
  TAKES,
} from './plan.js';
import { type Making, type Reading, type Request, read } from './read.js';
import {
  CROSSFADE,
  fitPictures,
  layPictures,
  logoIn,
  musicOf,
  picturesIn,
  setPictures,
  settle,
  VIDEO_LENGTH,
  wordsIn,
} from './timeline.js';

/**
 * The built-in agent: does what its table of commands understands, in the two stages of the service for a new video, and
 * lists what it did not do. A message that is understood in no part changes nothing and costs nothing.
 */
export function planByTable(turn: AgentTurn): AgentPlan {
  const draft = turn.draft && isOurs(turn.draft) ? turn.draft : null;
  const reading = read(turn.message, draft, turn.media);
  const zh =
    /\p{Script=Han}/u.test(turn.message) ||
    (!/[a-z]{2}/i.test(turn.message) && turn.language.startsWith('zh'));
  const speak = speaker(zh);
  const pictures = turn.media.filter(isPicture);
  if (
    reading.create ||
    (!draft && reading.requests.some(describes) && (pictures.length > 0 || reading.unread.length > 0))
  )
    return creation(turn, reading, speak);
  if (!draft) {
    const asked = reading.requests.length > 0 || reading.asks !== undefined;
    if (asked) return free(speak(NOTHING_YET));
    return free(speak(NOT_UNDERSTOOD, ...notDone(reading.unread, []), HELP));
  }
  if (reading.requests.some(({ command }) => command.edit) || reading.scenes.length > 0)
    return change(turn, draft, reading, speak);
  const left = reading.requests.length > 0 || reading.material.length > 0;
  if (reading.asks === 'export')
    return free(
      speak(
        [
          'Your video is ready. Click the Export button to download it.',
          '视频已经准备好了，点击“导出”按钮即可下载。',
        ],
        ...notDone(reading.unread, []),
      ),
    );
  if (reading.asks === 'state') return free(speak(describe(draft), ...notDone(reading.unread, [])));
  if (left && reading.unread.length === 0) return free(speak(['Left as it is.', '保持不变。']));
  return free(speak(NOT_UNDERSTOOD, ...notDone(reading.unread, []), HELP));
}

const NOTHING_YET: Said = [
  'There is no video yet: ask me to create one first, for example “create a 30-second promotional video with music”.',
  '还没有视频：请先让我创建一个，例如“做一个30秒的宣传视频，配上音乐”。',
];
const NOT_UNDERSTOOD: Said = [
  'I did not understand that, and I changed nothing.',
  '没有看懂这个要求，也没有做任何改动。',
];
const HELP: Said = [
  `I follow a table of commands, not a language model. I understand for example: ${['length', 'title', 'captions', 'remove', 'move', 'volume', 'aspect'].map((name) => `“${exampleOf(name).en.replace(/\.$/, '')}”`).join(', ')}.`,
  `我按指令表工作，不是语言模型。我能看懂的要求例如：${['length', 'title', 'captions', 'remove', 'move', 'volume', 'aspect'].map((name) => `“${exampleOf(name).zh.replace(/。$/, '')}”`).join('、')}。`,
];

function exampleOf(name: string): { en: string; zh: string } {
  return COMMANDS.find((command) => command.name === name)?.example ?? { en: name, zh: name };
}

/** Says sentences in the language of the message. */
type Speak = (...said: readonly Said[]) => string;
const speaker =
  (zh: boolean): Speak =>
  (...said) =>
    [...new Set(said.map(([en, chinese]) => (zh ? chinese : en)))].join(zh ? '' : ' ');

const free = (text: string): AgentPlan => ({ steps: [say(text)], credits: 0 });

/** A timeline that this agent can read: not one that a script made in another form. */
const isOurs = ({ t, m }: LocalDraft): boolean =>
  Array.isArray(t) &&
  typeof m === 'object' &&
  m !== null &&
  t.every(({ sg }) => Array.isArray(sg) && sg.every((part) => typeof part.m === 'object')) &&
  t.some(({ tt, sg }) => tt === 0 && sg.length > 0);

/** A wish that says how a video is to be; before there is one, it asks for one. */
const describes = ({ command }: Request): boolean =>
  'length picture length aspect title text captions music transitions only pace logo insert'
    .split(' ')
    .includes(command.name);

interface Failed {
  readonly raw: string;
  readonly why: Said;
}

/** So many things that were not done are listed one by one. */
const MOST_LISTED = 12;

function notDone(unread: readonly string[], failed: readonly Failed[]): Said[] {
  const all = [...unread.map((raw) => ({ raw, why: undefined })), ...failed];
  if (all.length === 0) return [];
  const left = all.length - MOST_LISTED;
  const items = all.slice(0, MOST_LISTED).map(({ raw, why }): Said => {
    const shown = `“${raw.length > 200 ? `${raw.slice(0, 200)}…` : raw}”`;
    return why ? [`${shown} (${why[0]})`, `${shown}（${why[1]}）`] : [shown, shown];
  });
  if (left > 0) items.push([`and ${left} more`, `另外 ${left} 处`]);
  return [
    [
      `I did not do: ${items.map(([en]) => en).join('; ')}.`,
      `没有做的：${items.map(([, zh]) => zh).join('；')}。`,
    ],
  ];
}

interface Tried {
  readonly done: Said[];
  readonly failed: Failed[];
  readonly names: string[];
  clips: number;
}

/** Tries requests one after the other; one that fails leaves the timeline as it was. */
function attempt(
  draft: LocalDraft,
  requests: readonly Request[],
  turn: AgentTurn,
  tried: Tried,
  making: { creating: boolean; totalMs: number | undefined },
): LocalDraft {
  let now = draft;
  const { media, random } = turn;
  for (const { command, clause } of requests) {
    if (!command.edit) continue;
    const copy = structuredClone(now);
    const job: Job = {
      draft: copy,
      seen: making.creating ? now : draft,
      media,
      random,
      clause,
      creating: making.creating,
      totalMs: making.totalMs,
    };
    const outcome: Outcome = command.edit(job);
    if ('not' in outcome) {
      tried.failed.push({ raw: clause.raw, why: outcome.not });
      continue;
    }
    settle(copy, now, media, random);
    now = copy;
    tried.done.push(outcome.done);
    tried.names.push(command.name);
    tried.clips += outcome.clips ?? 0;
  }
  return now;
}

/** How long the message wants the video to be, where it says so. */
const lengthIn = ({ requests }: Reading): number | undefined =>
  requests.find(({ command }) => command.name === 'length')?.clause.tokens.find(({ is }) => is === 'time')
    ?.number;

/** Changes the video that is there. */
function change(turn: AgentTurn, draft: LocalDraft, reading: Reading, speak: Speak): AgentPlan {
  const tried: Tried = { done: [], failed: [], names: [], clips: 0 };
  let now = attempt(draft, reading.requests, turn, tried, { creating: false, totalMs: lengthIn(reading) });
  for (const { subject, words, clause } of reading.scenes) {
    const before = now;
    now = structuredClone(now);
    const number = picturesIn(now).filter(({ m }) => m.kind === 'scene').length + 1;
    const ms = clause.tokens.find(({ is }) => is === 'time')?.number ?? 5000;
    const scene = sceneOf(now, subject ?? words, number, ms, turn.random);
    const first = clause.tokens.some(({ is, value }) => is === 'edge' && value === 'start');
    setPictures(now, first ? [scene, ...picturesIn(now)] : [...picturesIn(now), scene]);
    settle(now, before, turn.media, turn.random);
    tried.clips += 1;
    tried.names.push('generate');
    tried.done.push([
      `Generated a clip for “${scene.m.name}” (${PLACEHOLDER[0]}).`,
      `已为“${scene.m.name}”生成片段（${PLACEHOLDER[1]}）`,
    ]);
  }
  const missed = notDone(reading.unread, tried.failed);
  if (tried.done.length === 0) return free(speak(...missed, ['Nothing was changed.', '没有做任何改动。']));
  if (JSON.stringify(now) === JSON.stringify(draft))
    return free(
      speak(['It is so already, so nothing was changed.', '现在已经是这样，没有改动。'], ...missed),
    );
  const isSilent = missed.length === 0 && turn.random() < SILENT_SHARE;
  const next: Said =
    reading.asks === 'export'
      ? ['Click the Export button to download it.', '点击“导出”按钮即可下载。']
      : ['Open the timeline panel to preview.', '打开时间线面板即可预览。'];
  const reply = speak(['Done!', '完成！'], ...tried.done, ...missed, next);
  const small = tried.names.some((name) => name !== 'generate') ? CREDITS.edit : 0;
  const credits = tried.clips * CREDITS.clip + small;
  const call = {
    name: toolFor(tried.names),
    args: { operations: tried.names.map((op) => ({ op })) },
    response: { status: 'success', applied: tried.names.length, duration: now.d },
  };
  const takesMs = tried.clips > 0 ? generationTime(tried.clips) : TAKES.edit;
  return { steps: [edit(() => now, { call, takesMs }), isSilent ? { do: 'silent' } : say(reply)], credits };
}

function toolFor(names: readonly string[]): string {
  if (names.includes('generate')) return 'generate_clip';
  if (names.every((name) => /music|volume/.test(name))) return 'add_music';
  return names.every((name) => /text|title|captions/.test(name)) ? 'add_text' : 'edit_multitrack';
}

const PLACEHOLDER: Said = [
  'the local backend has no generative model: it draws a placeholder scene',
  '本地后端没有生成模型，只绘制占位画面',
];
/** A generated video has a clip for every so many ms, within bounds. */
const SCENES = { each: 10_000, most: 6 } as const;
/** Clips that are too short for the length are shown again, but not for ever. */
const MOST_PICTURES = 300;

/** Makes a new video: first its pictures, then what lies over them. */
function creation(turn: AgentTurn, reading: Reading, speak: Speak): AgentPlan {
  const { media, random } = turn;
  const own = reading.create ? [reading.create.clause] : [];
  // A list of what was uploaded does not take back what the wish itself names.
  const names = own.some((clause) => clause.tokens.some(({ is }) => is === 'file' || is === 'pick'));
  const clauses = names ? own : [...own, ...reading.material];
  const tokens = clauses.flatMap((clause) => clause.tokens);
  const total = reading.requests.find(
    ({ command, clause }) =>
      command.name === 'length' && !clause.tokens.some(({ is }) => is === 'longer' || is === 'shorter'),
  );
  const totalMs = (
    reading.create?.clause.tokens.find(({ is }) => is === 'time') ??
    total?.clause.tokens.find(({ is }) => is === 'time')
  )?.number;
  if (totalMs !== undefined && (totalMs < VIDEO_LENGTH.least || totalMs > VIDEO_LENGTH.most)) {
    const [least, most] = [seconds(VIDEO_LENGTH.least), seconds(VIDEO_LENGTH.most)];
    return free(
      speak([
        `I did not do it: a video lasts from ${least} to ${most} s.`,
        `没有做：视频长度须在 ${least} 到 ${most} 秒之间。`,
      ]),
    );
  }
  const tried: Tried = { done: [], failed: [], names: [], clips: 0 };
  const chosen = chosenFrom(media, clauses, tried);
  const subject =
    reading.create?.subject ?? (reading.create || chosen.length > 0 ? undefined : reading.unread.join(' '));
  const unread = subject !== undefined && !reading.create ? [] : reading.unread;
  let draft: LocalDraft = {
    t: [{ tt: 0, id: 'video', m: { name: 'Video' }, sg: [] }],
    d: 0,
    m: { title: subject ?? '', ...FRAME_SIZES['16:9'], fps: 30, seed: Math.floor(random() * 2 ** 31) },
  };
  const logoFile = media.findLast(isLogo);
  if (chosen.length > 0) for (const file of chosen) picturesIn(draft).push(pictureOf(draft, file, random));
  else {
    const words = subject ?? (reading.create?.words || 'video');
    const most = Math.max(Math.floor(turn.credits / CREDITS.clip), 1);
    const count = Math.min(
      Math.max(Math.round((totalMs ?? SCENES.each) / SCENES.each), 1),
      SCENES.most,
      most,
    );
    const ms = (totalMs ?? SCENES.each) / count;
    for (let number = 1; number <= count; number++)
      picturesIn(draft).push(sceneOf(draft, words, number, ms, random));
    tried.clips += count;
  }
  layPictures(draft);
  const aspect = tokens.find(({ is }) => is === 'aspect')?.value;
  if (aspect === '9:16' || aspect === '1:1') Object.assign(draft.m, FRAME_SIZES[aspect]);
  const making = { creating: true, totalMs };
  const of = (...when: readonly string[]): Request[] =>
    reading.requests.filter((request) => when.includes(request.command.when) && request !== total);
  draft = attempt(draft, of('choice'), turn, tried, making);
  const repeated = totalMs !== undefined && stretch(draft, totalMs, media);
  const before = draft;
  draft = attempt(draft, of('pictures'), turn, tried, making);
  const held = new Set(
    picturesIn(draft).flatMap(({ id, d }) =>
      picturesIn(before).some((was) => was.id === id && was.d === d) ? [] : [id],
    ),
  );
  if (totalMs !== undefined) fitPictures(draft, totalMs, media, held);
  layPictures(draft);
  const first = structuredClone(draft);
  const fast = tokens.some(({ is }) => is === 'faster') ? CROSSFADE.usual / 2 : CROSSFADE.usual;
  for (const { m } of picturesIn(draft).slice(1)) m.transition ??= { type: 'crossfade', d: fast };
  layPictures(draft);
  const over = of('over');
  const command = COMMANDS.find(({ name }) => name === 'logo');
  if (logoFile && command && !over.some((request) => /logo/.test(request.command.name)))
    over.unshift({ command: { ...command, edit: logo }, clause: { tokens: [], raw: 'logo', joined: false } });
  draft = attempt(draft, over, turn, tried, making);
  const finished = draft;
  const scenes = picturesIn(first).filter(({ m }) => m.kind === 'scene').length;
  const named = picturesIn(first).find(({ m }) => m.kind === 'scene')?.m.name ?? '';
  const laid = picturesIn(first).length;
  const steps: AgentStep[] = [
    say(
      scenes > 0
        ? speak([
            `Generating ${scenes} ${scenes === 1 ? 'clip' : 'clips'} for “${named}”… `,
            `正在为“${named}”生成 ${scenes} 个片段…`,
          ])
        : speak([
            `Arranging your ${laid} ${laid === 1 ? 'picture' : 'pictures'}… `,
            `正在排列您的 ${laid} 个素材…`,
          ]),
    ),
    edit(() => first, {
      call: {
        name: scenes > 0 ? 'generate_clip' : 'edit_multitrack',
        args: { pictures: picturesIn(first).map(({ m, d }) => ({ name: m.name, duration: d })) },
        response: { status: 'success', applied: picturesIn(first).length, duration: first.d },
      },
      takesMs: scenes > 0 ? generationTime(scenes) : TAKES.pictures,
    }),
  ];
  if (JSON.stringify(finished) !== JSON.stringify(first)) {
    const [en, zh] = overlaysOf(finished);
    if (en.length > 0) steps.push(say(speak([`Adding ${en.join(', ')}… `, `正在加上${zh.join('、')}…`])));
    const call = {
      name: 'edit_multitrack',
      args: { operations: en },
      response: { status: 'success', applied: en.length },
    };
    steps.push(edit(() => finished, { call, takesMs: TAKES.furnishing }));
  }
  steps.push(
    say(
      speak(
        ['Done!', '完成！'],
        ...created(finished, scenes, repeated, subject),
        ...notDone(unread, tried.failed),
        [
          'Click the Export button to download it, or open the timeline panel to preview.',
          '点击“导出”按钮即可下载，或打开时间线面板预览。',
        ],
      ),
    ),
  );
  return { steps, credits: tried.clips * CREDITS.clip + (chosen.length > 0 ? CREDITS.creation : 0) };
}

/** The uploads that the message names, else all of them but the logo. */
function chosenFrom(
  media: readonly LocalMedia[],
  clauses: readonly Making['clause'][],
  tried: Tried,
): LocalMedia[] {
  const pictures = media.filter(isPicture);
  const named = clauses.flatMap((clause) =>
    clause.tokens.flatMap((token): LocalMedia[] => {
      if (token.is === 'file' && token.file)
        return isPicture(token.file) || clause.tokens.length < 4 ? [token.file] : [];
      if (token.is === 'file')
        tried.failed.push({ raw: token.value, why: ['there is no such upload', '没有上传过'] });
      const { list = [], first, last } = token.pick ?? {};
      const places = [
        ...list.map((number) => (number < 0 ? pictures.length + number : number - 1)),
        ...pictures
          .map((_, at) => at)
          .filter(
            (at) =>
              (first !== undefined && at < first) || (last !== undefined && at >= pictures.length - last),
          ),
      ];
      return places.flatMap((at) => pictures[at] ?? []);
    }),
  );
  const shown = [
    ...new Set(named.filter(({ kind, ...file }) => kind !== 'audio' && !isLogo({ kind, ...file }))),
  ];
  return shown.length > 0 ? shown : pictures;
}

/** Fits the pictures to the length; clips that are too short for it are shown again. Says whether they are. */
function stretch(draft: LocalDraft, totalMs: number, media: readonly LocalMedia[]): boolean {
  const row = [...picturesIn(draft)];
  for (let turn = 0; !fitPictures(draft, totalMs, media) && turn < MOST_PICTURES; turn++) {
    const next = row[turn % row.length];
    if (next) picturesIn(draft).push({ ...structuredClone(next), id: `${next.id}-${turn + 2}` });
  }
  layPictures(draft);
  return picturesIn(draft).length > row.length;
}

/** What lies over the pictures, in words. */
function overlaysOf(draft: LocalDraft): readonly [en: string[], zh: string[]] {
  const music = musicOf(draft)?.meta;
  const words = wordsIn(draft);
  const title = words.find(({ m }) => m.role === 'title')?.m.text;
  const others = words.filter(({ m }) => m.role !== 'title').length;
  const at = `${Math.round((music?.volume ?? 1) * 100)}%`;
  return [
    [
      ...(music ? [`the music ${music.name} at ${at}`] : []),
      ...(title === undefined ? [] : [`the title “${title}”`]),
      ...(others > 0 ? [`${others} ${others === 1 ? 'text' : 'texts'}`] : []),
      ...(logoIn(draft) ? ['your logo'] : []),
    ],
    [
      ...(music ? [`音乐 ${music.name}（${at}）`] : []),
      ...(title === undefined ? [] : [`标题“${title}”`]),
      ...(others > 0 ? [`${others} 条文字`] : []),
      ...(logoIn(draft) ? ['您的 logo'] : []),
    ],
  ];
}

function created(draft: LocalDraft, scenes: number, repeated: boolean, subject: string | undefined): Said[] {
  const pictures = picturesIn(draft).length;
  const [en, zh] = overlaysOf(draft);
  const kind = scenes === pictures ? 'scene' : 'picture';
  const said: Said[] = [
    [
      `Your ${seconds(draft.d)}-second video is ready: ${[`${pictures} ${kind}${pictures === 1 ? '' : 's'}`, ...en].join(', ')}.`,
      `${seconds(draft.d)} 秒的视频做好了：${[`${pictures} 个画面`, ...zh].join('、')}。`,
    ],
  ];
  if (scenes > 0) said.push([`Note: ${PLACEHOLDER[0]}.`, `注意：${PLACEHOLDER[1]}。`]);
  else if (subject !== undefined) said.push([`The project is named “${subject}”.`, `项目名为“${subject}”。`]);
  if (repeated)
    said.push([
      'There was too little material for that length, so it repeats.',
      '素材不够这么长，所以重复播放。',
    ]);
  return said;
}

/** The video in numbers. */
function describe(draft: LocalDraft): Said {
  const [en, zh] = overlaysOf(draft);
  const pictures = picturesIn(draft).length;
  return [
    `The video is ${seconds(draft.d)} s long: ${[`${pictures} ${pictures === 1 ? 'picture' : 'pictures'}`, ...en].join(', ')}.`,
    `视频长 ${seconds(draft.d)} 秒：${[`${pictures} 个画面`, ...zh].join('、')}。`,
  ];
}
