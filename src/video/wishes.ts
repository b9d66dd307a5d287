import { languageOf } from '../assistant/catalogue.js';
import { type Fields, OptionError } from '../errors/index.js';

/** What a video should be like, beside the prompt. Each wish becomes a plain sentence behind it. */
export interface VideoWishes {
  /** The length of the video in seconds. */
  readonly duration?: number | undefined;
  /** The shape of the picture: widescreen, vertical or square. */
  readonly aspectRatio?: '16:9' | '9:16' | '1:1' | undefined;
  /** A text to show as the title, on one line. */
  readonly title?: string | undefined;
  /** Background music: yes, no, or a style in your own words (`'calm piano'`). Default: left to the agent. */
  readonly music?: boolean | string | undefined;
}

/** The fields of {@link VideoWishes}. */
export const WISH_FIELDS: Fields<VideoWishes> = {
  duration: 'any',
  aspectRatio: 'any',
  title: 'any',
  music: 'any',
};

type AspectRatio = NonNullable<VideoWishes['aspectRatio']>;

/** The sentences of one language. */
interface Sentences {
  duration(seconds: number): string;
  readonly aspectRatio: Readonly<Record<AspectRatio, string>>;
  title(quoted: string): string;
  music(wish: boolean | string): string;
  files(names: readonly string[]): string;
}

const ENGLISH: Sentences = {
  duration: (seconds) => `Make it ${seconds} seconds long.`,
  aspectRatio: {
    '16:9': 'Make it widescreen (16:9).',
    '9:16': 'Make it vertical (9:16).',
    '1:1': 'Make it square (1:1).',
  },
  title: (quoted) => `Add the title ${quoted}.`,
  music: (wish) =>
    typeof wish === 'string'
      ? `Add background music: ${wish}.`
      : wish
        ? 'Add background music.'
        : 'No music.',
  files: (names) => `Uploaded files: ${names.join(', ')}.`,
};

const CHINESE: Sentences = {
  duration: (seconds) => `时长${seconds}秒。`,
  aspectRatio: { '16:9': '做成横屏（16:9）。', '9:16': '做成竖屏（9:16）。', '1:1': '做成方形（1:1）。' },
  title: (quoted) => `加上标题${quoted}。`,
  music: (wish) =>
    typeof wish === 'string' ? `加上背景音乐：${wish}。` : wish ? '加上背景音乐。' : '不要音乐。',
  files: (names) => `已上传的文件：${names.join('、')}。`,
};

/**
 * Checks wishes, and leaves out what is undefined.
 * @param within the name of the object that they are part of, for errors; of the request itself none.
 * @throws {@link OptionError} naming the field.
 */
export function readWishes(given: VideoWishes, within = ''): VideoWishes {
  const { duration, aspectRatio, title, music } = given;
  const accepted = {
    duration: 'a number of seconds, more than 0 and at most 36000',
    aspectRatio: `one of ${Object.keys(ENGLISH.aspectRatio).join(', ')}`,
    title: 'a text on one line',
    music: 'true, false, or a style as a text on one line',
  };
  const check = (field: keyof VideoWishes, isValid: boolean): void => {
    if (!isValid) throw new OptionError({ field: `${within}${field}`, accepted: accepted[field] });
  };
  if (duration !== undefined)
    check('duration', typeof duration === 'number' && duration > 0 && duration <= 36_000);
  if (aspectRatio !== undefined) check('aspectRatio', Object.hasOwn(ENGLISH.aspectRatio, aspectRatio));
  if (title !== undefined) check('title', isLine(title));
  if (music !== undefined) check('music', typeof music === 'boolean' || isLine(music));
  return {
    ...(duration === undefined ? {} : { duration }),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(title === undefined ? {} : { title }),
    ...(music === undefined ? {} : { music }),
  };
}

/**
 * The message to the agent: the prompt, then the wishes and the files as plain sentences in the language of the prompt.
 * A file that no word of a message mentions has no instruction for the agent (wire document, "Found since").
 */
export function messageOf(prompt: string, wishes: VideoWishes, files: readonly string[]): string {
  const isChinese = languageOf(prompt) === 'zh';
  const say = isChinese ? CHINESE : ENGLISH;
  const { duration, aspectRatio, title, music } = wishes;
  const unnamed = files.filter((name) => !prompt.includes(name));
  const sentences = [
    ...(duration === undefined ? [] : [say.duration(duration)]),
    ...(aspectRatio === undefined ? [] : [say.aspectRatio[aspectRatio]]),
    ...(title === undefined ? [] : [say.title(quote(title, isChinese))]),
    ...(music === undefined ? [] : [say.music(music)]),
    ...(unnamed.length === 0 ? [] : [say.files(unnamed)]),
  ];
  if (sentences.length === 0) return prompt;
  return `${ended(prompt, isChinese)}${isChinese ? '' : ' '}${sentences.join(isChinese ? '' : ' ')}`;
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\r\n]/.test(value);
}

/** A title with straight quotation marks inside is put into curly ones. */
function quote(text: string, isChinese: boolean): string {
  return isChinese || text.includes('"') ? `“${text}”` : `"${text}"`;
}

/** With a full stop, so that the sentences behind it begin anew. */
function ended(prompt: string, isChinese: boolean): string {
  const text = prompt.trimEnd();
  if (/[.!?…。！？；;]["'”’」』)）]*$/u.test(text)) return text;
  return `${text}${isChinese ? '。' : '.'}`;
}
