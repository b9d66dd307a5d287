import type { IntentRule } from './intent/index.js';

const THING =
  '(?:photos?|pictures?|images?|pics|shots?|videos?|clips?|footage|files?|media|logo|music|songs?|tracks?|materials?|assets?)';
// Marked, because a bundle that uses nothing of it would keep it else.
const ENGLISH = /* @__PURE__ */ (() =>
  new RegExp(
    `^(?:here you (?:go|are)|(?:here(?:['’]s| is| are)|this is|these are|i(?:['’]ve| have)? (?:uploaded|attached|sent))(?: (?!(?:for|with|about|to)\\b)[\\w'’-]+){0,5} ${THING})[.!]*$`,
    'u',
  ))();
const CHINESE =
  /^(?:给你|这(?:里)?(?:些)?是.{0,12}(?:照片|图片|素材|文件|视频|片段|音乐|标志|logo))[。！]*$/iu;

/** Where files come along: words that only hand them over are none for the editor, who would charge for them. */
export const HANDED_OVER: IntentRule = {
  name: 'files handed over',
  intent: 'upload',
  when: ({ unquoted, negated }) =>
    !negated && (ENGLISH.test(unquoted.trim()) || CHINESE.test(unquoted.trim())),
};
