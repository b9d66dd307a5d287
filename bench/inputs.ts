/**
 * The inputs of all benchmarks, from a seed: no two events, texts or segments are equal, and their form is what the
 * recordings of a real server have. A repeated input lets caches and the compiler learn it by heart.
 */

/** A generator of random numbers from 0 to 1 with a seed (mulberry32), so that every run has the same inputs. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `ascii`: English. `chinese`: Chinese with emoji. */
export type Language = 'ascii' | 'chinese';

const WORDS: Readonly<Record<Language, readonly string[]>> = {
  ascii:
    'the your video clip music title timeline track scene opening photo city night light slow zoom crossfade caption logo seconds volume export preview added trimmed moved from with and then into over under soft warm bright at until each next first last beat fade'.split(
      ' ',
    ),
  chinese:
    '视频 片段 音乐 标题 时间线 轨道 场景 开头 照片 城市 夜晚 灯光 缓慢 缩放 交叉淡化 字幕 徽标 秒 音量 导出 预览 已添加 已裁剪 移动 从 和 然后 进入 在 柔和 温暖 明亮 直到 每个 下一个 第一个 最后 节拍 淡出 🎬 🎵 ✨ 👍🏽'.split(
      ' ',
    ),
};

const ENDS: Readonly<Record<Language, readonly string[]>> = {
  ascii: ['. ', '. ', '.\n', '! ', '? ', ': ', '; '],
  chinese: ['。', '。', '。\n', '！', '？', '：', '；'],
};

/** Prose without end: sentences of 5 to 16 words, with numbers and commas. */
function* prose(random: () => number, language: Language): Generator<string> {
  const words = WORDS[language];
  const gap = language === 'ascii' ? ' ' : '';
  const comma = language === 'ascii' ? ', ' : '，';
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback;
  for (;;) {
    const length = 5 + Math.floor(random() * 12);
    for (let index = 0; index < length; index += 1) {
      const word = random() < 0.1 ? String(Math.floor(random() * 100_000)) : pick(words, '');
      const isLast = index === length - 1;
      yield word + (isLast ? pick(ENDS[language], '. ') : random() < 0.1 ? comma : gap);
    }
  }
}

/** Pieces of prose of `length` characters; no character is cut in two. */
export function* pieces(random: () => number, language: Language, length: number): Generator<string> {
  let rest: string[] = [];
  for (const word of prose(random, language)) {
    rest.push(...word);
    if (rest.length < length) continue;
    yield rest.slice(0, length).join('');
    rest = rest.slice(length);
  }
}

/** How long a partial text is, in characters: what was measured of agents that stream. */
const PARTIAL = 84;

/** How many partial texts one turn of the agent has, before its text comes once more, whole. */
const TURN = 1000;

/** Partial texts, and after each turn its whole text, as JSON. */
export function* textEvents(count: number, language: Language, seed: number): Generator<string> {
  const random = seeded(seed);
  let whole = '';
  let sent = 0;
  for (const text of pieces(random, language, PARTIAL)) {
    if (sent === count) break;
    yield event(random, [{ text }], { partial: true });
    sent += 1;
    whole += text;
    if (sent % TURN !== 0 && sent !== count) continue;
    yield event(random, [{ text: whole }], {});
    whole = '';
  }
}

/** Calls of tools, each with its result unless they are left out, as JSON. */
export function* toolEvents(count: number, seed: number, withResults: boolean): Generator<string> {
  const random = seeded(seed);
  const texts = pieces(random, 'ascii', 40);
  for (let index = 0; index < count; index += 1) {
    const id = `call-${index}-${Math.floor(random() * 1e9).toString(36)}`;
    const args = { prompt: texts.next().value, start: index * 10, volume: Math.round(random() * 100) / 100 };
    yield event(random, [{ functionCall: { id, name: 'edit_multitrack', args } }], {});
    if (!withResults) continue;
    const response = { ok: true, changed: Math.floor(random() * 9), note: texts.next().value };
    yield event(random, [{ functionResponse: { id, name: 'edit_multitrack', response } }], {});
  }
}

/** Edits of a timeline, each with the whole new draft in `stateDelta`, as JSON. */
export function* draftEvents(count: number, segments: number, seed: number): Generator<string> {
  const random = seeded(seed);
  for (let edit = 0; edit < count; edit += 1) {
    const draft: unknown = JSON.parse(draftText({ segments, seed, edits: edit }));
    yield event(random, [{ text: '' }], { actions: { stateDelta: { draft }, artifactDelta: {} } });
  }
}

function event(random: () => number, parts: readonly object[], more: object): string {
  const id = Math.floor(random() * 2 ** 40).toString(36);
  return JSON.stringify({
    invocationId: `e-${id}-${Math.floor(random() * 2 ** 32).toString(16)}`,
    author: 'nemo_agent',
    id,
    actions: { stateDelta: {}, artifactDelta: {}, requestedAuthConfigs: {}, requestedToolConfirmations: {} },
    longRunningToolIds: [],
    timestamp: 1_795_328_634_702 + Math.floor(random() * 1e9),
    content: { role: 'model', parts },
    ...more,
  });
}

/** What differs from one draft to the next. */
export interface DraftInput {
  readonly segments: number;
  readonly seed?: number;
  /** Whether tracks and segments have ids. Default true. */
  readonly hasIds?: boolean;
  /** How much later every segment starts, in ms. Default 0. */
  readonly laterMs?: number;
  /** How many segments were changed, removed and added. Default 0. */
  readonly edits?: number;
}

const TRACK_TYPES = [0, 0, 0, 0, 0, 1, 1, 7, 7, 7];

/** A draft of ten tracks as JSON: 10,000 segments are 2.8 MB. */
export function draftText({ segments, seed = 1, hasIds = true, laterMs = 0, edits = 0 }: DraftInput): string {
  const random = seeded(seed);
  const captions = pieces(random, 'ascii', 48);
  const perTrack = Math.ceil(segments / TRACK_TYPES.length);
  const t = TRACK_TYPES.map((tt, track) => {
    let s = laterMs;
    const sg = Array.from({ length: perTrack }, (_, index) => {
      const d = 500 + Math.floor(random() * 4000);
      const m = metaOf(tt, `${track}-${index}`, random, captions.next().value ?? '');
      const segment = { ...(hasIds && { id: `seg-${track}-${index}` }), s, d, m };
      s += d;
      return segment;
    });
    return { tt, ...(hasIds && { id: `track-${track}` }), m: { name: `Track ${track}` }, sg };
  });
  const place = seeded(seed + 1);
  for (let edit = 0; edit < edits; edit += 1) {
    const list = t[Math.floor(place() * t.length)]?.sg ?? [];
    const at = Math.floor(place() * list.length);
    const other = list[at];
    if (other === undefined) continue;
    if (edit % 3 === 0) list.splice(at, 1);
    else if (edit % 3 === 1) list[at] = { ...other, d: other.d + 100 };
    else list.splice(at, 0, { ...other, ...(hasIds && { id: `new-${edit}` }), m: { name: `new ${edit}` } });
  }
  return JSON.stringify({ t, d: 1_500_000, m: { title: 'Bench', width: 1920, height: 1080 } });
}

function metaOf(tt: number, name: string, random: () => number, caption: string): object {
  const hash = Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16)).join('');
  const file = `https://cdn.example.com/u/${hash.slice(0, 8)}/${name}`;
  if (tt === 7) {
    const style = { font: 'Inter', weight: 500, shadow: random() < 0.5 };
    const animation = { in: 'fade', out: 'fade', d: Math.floor(random() * 400) };
    return {
      text: caption,
      role: 'caption',
      position: 'bottom',
      size: 0.055,
      color: '#ffffff',
      style,
      animation,
      language: 'en',
    };
  }
  if (tt === 1) {
    const volume = Math.round(random() * 100) / 100;
    return {
      name: `${name}.m4a`,
      src: `${file}.m4a?sig=${hash}`,
      volume,
      fadeIn: 500,
      fadeOut: 500,
      sampleRate: 48_000,
      channels: 2,
      hash,
    };
  }
  const transition = { type: 'crossfade', d: Math.floor(random() * 1000) };
  return {
    name: `${name}.jpg`,
    src: `${file}.jpg?sig=${hash}`,
    kind: 'image',
    motion: 'zoom-in',
    transition,
    width: 4032,
    height: 3024,
    hash,
  };
}
