import {
  type Corner,
  FRAME_SIZES,
  type LocalMedia,
  MUSIC_STYLES,
  type SoundMeta,
  TEXT_SIZES,
  type TextMeta,
} from '../dialect.js';
import {
  done,
  get,
  has,
  isLogo,
  type Job,
  named,
  not,
  type Outcome,
  type Said,
  seconds,
} from './pictures.js';
import {
  endOf,
  freePlace,
  layMusic,
  logoIn,
  musicOf,
  newId,
  type Picture,
  picturesIn,
  placeOf,
  setLogo,
  setSounds,
  setWords,
  timeOver,
  usualTime,
  type Words,
  wordsIn,
} from './timeline.js';

/** What lies over the pictures and beside them: words, music, the logo, and the shape of the frame. */

const percent = (value: number): string => `${Math.round(value * 100)}%`;
const NO_WORDS = not('give me the words in quotation marks', '请把文字放在引号里告诉我');
type Time = { s: number; d: number };

/** When words are to be shown, where the clause says so. */
function askedTime(job: Job, d: number, over = true): Time | undefined | { not: Said } {
  const length = job.draft.d;
  const span = get(job, 'span')?.span;
  const edge = get(job, 'edge')?.value;
  const lasting = Math.min(get(job, 'time')?.number ?? d, length);
  if (edge) return { s: edge === 'start' ? 0 : length - lasting, d: lasting };
  if (over && has(job, 'pick', 'file')) {
    const found = named(job);
    if ('not' in found) return found;
    return found[0] && timeOver(found[0]);
  }
  if (span) {
    const { start, end, first, last } = span;
    const s = last !== undefined ? Math.max(length - last, 0) : (start ?? 0);
    const to = first ?? (last !== undefined ? length : (end ?? s + lasting));
    return s >= length || to <= s
      ? not(`that time is outside the video of ${seconds(length)} s`, `超出了视频的 ${seconds(length)} 秒`)
      : { s, d: Math.min(to, length) - s };
  }
  if (has(job, 'all')) return { s: 0, d: length };
  return get(job, 'time') ? { s: -1, d: lasting } : undefined;
}

const placeAsked = (job: Job): TextMeta['position'] => {
  const value = get(job, 'place')?.value.split('-')[0];
  return value === 'top' || value === 'bottom' || value === 'center' ? value : undefined;
};

const PLACES = {
  title: ['center', 'top', 'bottom'],
  caption: ['bottom', 'top', 'center'],
  overlay: ['center', 'bottom', 'top'],
} as const;

/** Shows words, at the asked time and place or where there is room. */
function write(job: Job, text: string, role: TextMeta['role'], time: Time): { not: Said } | undefined {
  const asked = placeAsked(job);
  const position = freePlace(job.draft, asked ? [asked] : PLACES[role], time);
  if (!position) return not('other words are shown there at that time', '那个位置在那个时间已有文字');
  const color = get(job, 'colour')?.value;
  const usual = TEXT_SIZES[role];
  const size = has(job, 'bigger') ? usual * 1.3 : has(job, 'smaller') ? usual / 1.3 : undefined;
  const m: TextMeta = {
    text,
    role,
    position,
    ...(color !== undefined && { color }),
    ...(size !== undefined && { size }),
  };
  setWords(job.draft, [...wordsIn(job.draft), { id: newId('text', job.draft, job.random), ...time, m }]);
  return undefined;
}

/** A title is there once: a second one replaces its words. */
export function title(job: Job): Outcome {
  const text = get(job, 'quote')?.value;
  if (text === undefined) return NO_WORDS;
  const old = wordsIn(job.draft).find(({ m }) => m.role === 'title');
  const said = done(`The title is “${text}”.`, `标题是“${text}”。`);
  if (old) {
    old.m.text = text;
    job.draft.m.title = text;
    const changed = has(job, 'span', 'edge', 'place', 'colour', 'bigger', 'smaller') ? restyle(job) : said;
    return 'not' in changed ? changed : said;
  }
  const usual = usualTime(job.draft, 'title');
  const time = askedTime(job, usual.d);
  if (time && 'not' in time) return time;
  const failed = write(job, text, 'title', time ? { s: time.s < 0 ? usual.s : time.s, d: time.d } : usual);
  if (failed) return failed;
  job.draft.m.title = text;
  return said;
}

/** Words over the picture; several are shown one after the other. */
export function addText(job: Job): Outcome {
  const texts = job.clause.tokens.filter(({ is }) => is === 'quote').map(({ value }) => value);
  if (texts.length === 0) return captions(job);
  const over = has(job, 'pick', 'file', 'picture');
  const isThere = (text: string): boolean =>
    wordsIn(job.draft).some(({ m }) => m.text.toLowerCase() === text.toLowerCase());
  if (!job.creating && !over && texts.every(isThere)) return restyle(job);
  const role = has(job, 'caption') || over ? 'caption' : 'overlay';
  const shown: string[] = [];
  for (const [at, text] of texts.entries()) {
    if (over) {
      const found = named(job);
      if ('not' in found) return found;
      for (const picture of found) {
        const old = wordsIn(job.draft).filter(
          ({ s, m }) => !(m.role === 'caption' && s >= picture.s && s < endOf(picture)),
        );
        setWords(job.draft, old);
        const failed = write(job, text, 'caption', timeOver(picture));
        if (failed) return failed;
      }
    } else {
      const usual = usualTime(job.draft, role);
      const share = Math.floor(job.draft.d / texts.length);
      const spread =
        texts.length > 1 ? { s: at * share + 200, d: Math.max(Math.min(share - 400, 4000), 300) } : usual;
      const asked = askedTime(job, usual.d);
      if (asked && 'not' in asked) return asked;
      const time = texts.length === 1 && asked ? { s: asked.s < 0 ? usual.s : asked.s, d: asked.d } : spread;
      const failed = write(job, text, role, time);
      if (failed) return failed;
    }
    shown.push(`“${text}”`);
  }
  return done(`Added the text ${shown.join(', ')}.`, `已加上文字${shown.join('、')}。`);
}

const MACHINE =
  /^(?:img|image|dsc[nf]?|pxl|vid|video|mov|clip|photo|picture|pic|scan|screenshot|untitled|file|download|dji|gopr|upload|asset|图片|照片|视频|截图|微信图片)$/i;

/** What a file's name says to people: `01_red-mug (2).jpg` is "Red Mug", `IMG_1234.jpg` says nothing. */
export function captionOf(name: string): string | undefined {
  const words = name
    .slice(0, 200)
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/\d/.test(word) && !/^(?:copy|final|edit|副本)$/i.test(word));
  if (words.length === 0 || words.every((word) => MACHINE.test(word))) return undefined;
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

/** Captions without words of their own: the names of the files that say something. */
function captions(job: Job): Outcome {
  let count = 0;
  for (const picture of picturesIn(job.draft)) {
    const text = picture.m.kind === 'scene' ? undefined : captionOf(picture.m.name);
    const there = wordsIn(job.draft).some(
      ({ s, m }) => m.role === 'caption' && s >= picture.s && s < endOf(picture),
    );
    if (text !== undefined && !there && !write(job, text, 'caption', timeOver(picture))) count += 1;
  }
  return count > 0
    ? done(
        `Wrote ${count} ${count === 1 ? 'caption' : 'captions'} from the file names.`,
        `已按文件名写上 ${count} 条字幕。`,
      )
    : NO_WORDS;
}

/** The texts that a clause means: by their words, their kind, their picture, or all. */
function textsOf(job: Job): Words[] | { not: Said } {
  const all = wordsIn(job.draft);
  const quotes = job.clause.tokens.filter(({ is }) => is === 'quote').map(({ value }) => value.toLowerCase());
  const over = has(job, 'pick', 'file') ? named(job) : undefined;
  if (over && 'not' in over) return over;
  const roles = [has(job, 'title') && 'title', has(job, 'caption') && 'caption'];
  const only = roles.some(Boolean) ? all.filter(({ m }) => roles.includes(m.role)) : all;
  const said = (
    quotes.length === 0 ? only : all.filter(({ m }) => quotes.includes(m.text.toLowerCase()))
  ).filter(
    ({ s, m }) =>
      !over || (m.role === 'caption' && over.some((picture) => s >= picture.s && s < endOf(picture))),
  );
  if (said.length === 0) return not('there is no such text in the video', '视频里没有这样的文字');
  return said;
}

export function restyle(job: Job): Outcome {
  const found = textsOf(job);
  if ('not' in found) return found;
  for (const words of found) {
    const color = get(job, 'colour')?.value;
    const times = get(job, 'times')?.number;
    const way = has(job, 'bigger') ? 1.3 : has(job, 'smaller') ? 1 / 1.3 : 1;
    const size = (words.m.size ?? TEXT_SIZES[words.m.role]) * (times ?? way);
    if (times !== undefined || way !== 1)
      words.m.size = Math.round(Math.min(Math.max(size, 0.02), 0.3) * 1000) / 1000;
    if (color !== undefined) words.m.color = color;
    const time = askedTime(job, words.d);
    if (time && 'not' in time) return time;
    if (time) {
      if (time.s >= 0) words.s = time.s;
      words.d = Math.min(time.d, job.draft.d - words.s);
    }
    const position = freePlace(job.draft, [placeAsked(job) ?? placeOf(words)], words, words);
    if (!position && (placeAsked(job) || time))
      return not('other words are shown there at that time', '那个位置在那个时间已有文字');
    const place = placeAsked(job);
    if (place) words.m.position = place;
  }
  const texts = found.map(({ m }) => `“${m.text}”`);
  return done(`Changed ${texts.join(', ')}.`, `已修改${texts.join('、')}。`);
}

/** Other words in the place of some. */
export function reword(job: Job): Outcome {
  const [was, now] = job.clause.tokens.filter(({ is }) => is === 'quote');
  const found = wordsIn(job.draft).filter(({ m }) => m.text.toLowerCase() === was?.value.toLowerCase());
  if (!was || !now || found.length === 0)
    return not('there is no such text in the video', '视频里没有这样的文字');
  for (const { m } of found) m.text = now.value;
  if (job.draft.m.title === was.value) job.draft.m.title = now.value;
  return done(
    `Changed the text “${was.value}” to “${now.value}”.`,
    `已把文字“${was.value}”改成“${now.value}”。`,
  );
}

export function removeText(job: Job): Outcome {
  if (job.creating && wordsIn(job.draft).length === 0)
    return done('It has none of that text.', '没有加这些文字。');
  const found = textsOf(job);
  if ('not' in found) return found;
  setWords(
    job.draft,
    wordsIn(job.draft).filter((words) => !found.includes(words)),
  );
  const texts = found.map(({ m }) => `“${m.text}”`);
  return done(`Removed the text ${texts.join(', ')}.`, `已删除文字${texts.join('、')}。`);
}

const MUSIC = { volume: 0.35, besideClips: 0.22, fadeIn: 800, fadeOut: 2000 } as const;
const STYLE_NAMES: Readonly<Record<string, string>> = {
  'lo-fi': 'Lo-fi',
  upbeat: 'Upbeat',
  ambient: 'Ambient',
  cinematic: 'Cinematic',
};
const synthesised = (style: string): { name: string; src: string } => ({
  name: STYLE_NAMES[style] ?? style,
  src: `local:music/${style}`,
});

/** Which music a clause means: a file, the uploaded one, a style, or another than now. */
function musicFor(job: Job, old: SoundMeta | undefined): { name: string; src: string } | { not: Said } {
  const sounds = job.media.filter(({ kind }) => kind === 'audio');
  const uploaded = ({ name, url }: LocalMedia): { name: string; src: string } => ({ name, src: url });
  const token = get(job, 'file');
  // "Replace lo-fi with ambient", but "ambient instead of lo-fi".
  const styles = job.clause.tokens.filter(({ is }) => is === 'style');
  const style = (has(job, 'replace') ? styles.at(-1) : styles[0])?.value;
  if (token?.file)
    return token.file.kind === 'audio'
      ? uploaded(token.file)
      : not(`${token.file.name} is not a sound`, `${token.file.name} 不是音频`);
  if (token) return not(`there is no upload called “${token.value}”`, `没有上传过“${token.value}”`);
  const [latest] = sounds.slice(-1);
  if (has(job, 'upload'))
    return latest ? uploaded(latest) : not('no sound has been uploaded', '还没有上传音频');
  if (style !== undefined) return synthesised(style);
  if (!old) return latest ? uploaded(latest) : synthesised('lo-fi');
  if (!has(job, 'set', 'other', 'replace') || has(job, 'percent', 'span', 'edge'))
    return { name: old.name, src: old.src };
  return synthesised(MUSIC_STYLES.find((each) => synthesised(each).src !== old.src) ?? 'lo-fi');
}

export function music(job: Job): Outcome {
  const old = musicOf(job.draft);
  const source = musicFor(job, old?.meta);
  if ('not' in source) return source;
  const loud = picturesIn(job.draft).some(({ m }) => m.kind === 'video' && m.volume !== 0);
  const { fadeIn, fadeOut } = MUSIC;
  const usual = { volume: loud ? MUSIC.besideClips : MUSIC.volume, fadeIn, fadeOut };
  const volume = get(job, 'percent')?.number ?? old?.meta.volume ?? usual.volume;
  const span = askedTime(job, job.draft.d, false);
  if (span && 'not' in span) return span;
  const [from, to] = span
    ? [Math.max(span.s, 0), Math.max(span.s, 0) + span.d]
    : old
      ? [old.from, old.to]
      : [0, job.draft.d];
  layMusic(job.draft, { ...usual, ...old?.meta, ...source, volume }, from, to, job.media, job.random);
  return done(
    `The music is ${source.name} at ${percent(volume)}.`,
    `音乐是 ${source.name}（${percent(volume)}）。`,
  );
}

/** How loud the music is, or the sound of clips. */
export function volume(job: Job): Outcome {
  const change = (now: number): number => {
    const to = get(job, 'percent')?.number ?? get(job, 'number')?.number;
    if (to !== undefined) {
      const by = has(job, 'by') ? (has(job, 'quieter') ? -1 : 1) * to : undefined;
      return Math.min(Math.max(by === undefined ? to : now + by, 0), 1);
    }
    if (has(job, 'mute')) return 0;
    const times = get(job, 'times')?.number ?? (has(job, 'louder', 'bigger') ? 1.4 : 1 / 1.4);
    return Math.round(Math.min(now * times, 1) * 100) / 100;
  };
  const music = musicOf(job.draft);
  if (has(job, 'sound', 'clip', 'pick', 'file') || (has(job, 'mute') && !music)) {
    const found = has(job, 'pick', 'file') ? named(job) : picturesIn(job.draft);
    if ('not' in found) return found;
    const clips = found.filter(({ m }) => m.kind === 'video');
    for (const { m } of clips) m.volume = change(m.volume ?? 1);
    const to = percent(clips[0]?.m.volume ?? 0);
    if (clips.length > 0) return done(`The clips' own sound is at ${to}.`, `片段原声是 ${to}。`);
    return not('there is no clip with sound', '没有带声音的片段');
  }
  if (!music) return not('there is no music', '没有音乐');
  const now = change(music.meta.volume ?? 1);
  layMusic(job.draft, { ...music.meta, volume: now }, music.from, music.to, job.media, job.random);
  return done(`The music volume is ${percent(now)}.`, `音乐音量是 ${percent(now)}。`);
}

export function fadeMusic(job: Job): Outcome {
  const music = musicOf(job.draft);
  if (!music) return not('there is no music', '没有音乐');
  const span = get(job, 'span')?.span;
  const ms = has(job, 'no', 'remove')
    ? 0
    : (get(job, 'time')?.number ?? span?.start ?? span?.last ?? span?.first ?? 2000);
  const out = has(job, 'out', 'in-out') || (has(job, 'fade') && !has(job, 'in'));
  const into = has(job, 'in', 'in-out') || (has(job, 'fade') && !has(job, 'out'));
  layMusic(
    job.draft,
    { ...music.meta, ...(into && { fadeIn: ms }), ...(out && { fadeOut: ms }) },
    music.from,
    music.to,
    job.media,
    job.random,
  );
  return done(`The music fades over ${seconds(ms)} s.`, `音乐淡化 ${seconds(ms)} 秒。`);
}

export function removeMusic(job: Job): Outcome {
  const clips = has(job, 'sound')
    ? picturesIn(job.draft).filter(({ m }) => m.kind === 'video' && m.volume !== 0)
    : [];
  if (!musicOf(job.draft) && clips.length === 0)
    return job.creating ? done('It has no music.', '没有音乐。') : not('there is no music', '没有音乐');
  for (const { m } of clips) m.volume = 0;
  setSounds(job.draft, []);
  return done('Removed the music.', '已删除音乐。');
}

const isCorner = (value: string | undefined): value is Corner => value?.includes('-') === true;

/** A logo over the whole video. */
const logoOf = (job: Job, { name, url: src }: LocalMedia): Picture => ({
  id: newId('logo', job.draft, job.random),
  s: 0,
  d: job.draft.d,
  m: { name, src, kind: 'image', role: 'logo', motion: 'none', position: 'top-right', scale: 0.16 },
});

/** Adds the logo, the upload named so or another that the clause names, or changes the one that is there. */
export function logo(job: Job): Outcome {
  const token = get(job, 'file');
  if (token && !token.file)
    return not(`there is no upload called “${token.value}”`, `没有上传过“${token.value}”`);
  if (token?.file && token.file.kind !== 'image')
    return not(`${token.file.name} is not an image`, `${token.file.name} 不是图片`);
  const old = logoIn(job.draft);
  const file = token?.file ?? (old ? undefined : job.media.findLast(isLogo));
  const now = file ? logoOf(job, file) : old;
  if (!now) return not('upload an image with “logo” in its name', '请上传一张文件名里带“logo”的图片');
  if (old && now !== old)
    Object.assign(now, { id: old.id, m: { ...old.m, name: now.m.name, src: now.m.src } });
  const corner = get(job, 'place')?.value;
  if (corner !== undefined && !isCorner(corner))
    return not('the logo goes into one of the four corners', 'logo 只能放在四个角之一');
  if (isCorner(corner)) now.m.position = corner;
  const scale = now.m.scale ?? 0.16;
  const to =
    get(job, 'percent')?.number ??
    scale * (get(job, 'times')?.number ?? (has(job, 'bigger') ? 1.3 : has(job, 'smaller') ? 1 / 1.3 : 1));
  if (to !== scale) now.m.scale = Math.round(Math.min(Math.max(to, 0.04), 0.6) * 1000) / 1000;
  const time = askedTime(job, job.draft.d, false);
  if (time && 'not' in time) return time;
  if (time) Object.assign(now, { s: Math.max(time.s, 0), d: time.d });
  setLogo(job.draft, now);
  return done(
    `The logo ${now.m.name} is ${(now.m.position ?? 'top-right').replace('-', ' ')}.`,
    `logo ${now.m.name} 已放好。`,
  );
}

export function removeLogo(job: Job): Outcome {
  if (!logoIn(job.draft))
    return job.creating ? done('It has no logo.', '没有 logo。') : not('there is no logo', '没有 logo');
  setLogo(job.draft, undefined);
  return done('Removed the logo.', '已删除 logo。');
}

export function aspect(job: Job): Outcome {
  const value = get(job, 'aspect')?.value;
  const size = value === '16:9' || value === '9:16' || value === '1:1' ? FRAME_SIZES[value] : undefined;
  if (!size) return not('only 16:9, 9:16 and 1:1', '只有 16:9、9:16 和 1:1');
  Object.assign(job.draft.m, size);
  return done(`The frame is ${value}.`, `画面是 ${value}。`);
}
