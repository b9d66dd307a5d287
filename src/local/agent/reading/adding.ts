import type { Thing } from '../language/thing.js';
import { ofKind } from '../language/token.js';
import type { Clause } from './clause.js';
import { readDestination } from './destination.js';
import type { Request } from './request.js';

/** Reads what is to be put into the video: uploads, or clips to be generated. */

/** Words that mean an upload that is not in the video yet. */
export const NEW = /\b(?:new|another|uploaded|latest|extra|other)\b|新|刚上传|刚刚/i;
const GENERATED = ['clip', 'segment', 'picture', 'video'];

/** "add a clip of a beach at sunset": what follows "of" is what to generate. */
export function generation(clause: Clause): Request[] {
  const makes = clause.verb === 'add' || clause.verb === 'create';
  const [noun] = clause.objects;
  if (
    !makes ||
    !noun ||
    !GENERATED.includes(noun.noun) ||
    noun.which ||
    noun.file !== undefined ||
    noun.plural
  )
    return [];
  const words =
    /\b(?:of|showing|with|about|featuring) +(.+)$/i.exec(clause.words)?.[1] ??
    describedInChinese(clause.words);
  const unknown = clause.tokens.some((token) => token.kind === 'word' && !NEW.test(token.value));
  if (!words || !unknown) return [];
  const ms = ofKind(clause.tokens, 'duration')[0]?.value;
  const to = readDestination(clause, noun);
  return [
    {
      do: 'generate',
      words: withoutPlace(words),
      ...(noun.noun === 'video' && { whole: true as const }),
      ...(to && { to }),
      ...(ms !== undefined && { ms }),
    },
  ];
}

const describedInChinese = (words: string): string | undefined =>
  /(?:加|生成|来|插入|添加|做)(?:上|入)?(?:一)?(?:个|段|张|条)?(?:关于)?(.+?)的?(?:片段|镜头|画面|视频|图片|照片|场景)/.exec(
    words,
  )?.[1];

const withoutPlace = (words: string): string =>
  words
    .replace(/ ?\b(?:at|to|in) the (?:end|start|beginning|front)\b.*$/i, '')
    .replace(/ ?\b(?:before|after) the (?:first|last|second|third|fourth|fifth).*$/i, '')
    .trim();

const INSERTS =
  /\b(?:add(?:ing)?|insert|include|append|attach|put|bring|us(?:e|ing)|with|of|from|throw)\b|加|插|用|放/i;

/** Files or new uploads to be put in; places in the row are no uploads. */
export function insertions(clause: Clause, pictures: readonly Thing[]): Request[] {
  if (!INSERTS.test(clause.words)) return [];
  const fresh = pictures.filter(
    (thing) =>
      thing.file !== undefined || thing.which !== undefined || NEW.test(clause.words) || thing.plural,
  );
  return fresh.map((what) => {
    const to = readDestination(clause, what);
    const ms = ofKind(clause.tokens, 'duration')[0]?.value;
    return { do: 'insert', what, ...(to && { to }), ...(ms !== undefined && { ms }) };
  });
}
