import { lazily } from '../platform/lazily.js';
import type { Intent } from './intent.js';
import type { Word, WordClass } from './lexicon.js';

/**
 * Patterns over the classes of words: `want (the|this)+ video` is a regular expression in which every name stands
 * for one word of that class. Classes become single characters, so the engine's own regular expressions do the work.
 */
export type Pattern = RegExp;

const FIRST_CHARACTER = 0x4e00;
const characters = /* @__PURE__ */ new Map<string, string>();

function characterOf(name: string): string {
  const known = characters.get(name);
  if (known !== undefined) return known;
  const fresh = String.fromCharCode(FIRST_CHARACTER + characters.size);
  characters.set(name, fresh);
  return fresh;
}

/** Compiles a pattern; it has to match the whole clause. `any` stands for a word of whichever class. */
function pattern(source: string): Pattern {
  const body = source
    .replace(/[a-z]+/g, (name) => (name === 'any' ? '.' : characterOf(name)))
    .replace(/\s+/g, '');
  return new RegExp(`^(?:${body})$`, 'u');
}

/** The classes of some words in the alphabet of {@link pattern}. */
export function classesOf(words: readonly Word[], without?: WordClass): string {
  let out = '';
  for (const { as } of words) if (as !== without) out += characterOf(as);
  return out;
}

/** A built-in rule: the shapes of a clause that mean an intent. */
export interface Shape {
  readonly intent: Exclude<Intent, 'run'>;
  /** What the shapes have in common, for `because`. */
  readonly because: string;
  /**
   * A bare noun ("credits", 状态) is a request when it stands alone, but part of a list after an edit: "add a logo,
   * a title and credits".
   */
  readonly noun: boolean;
  readonly patterns: readonly Pattern[];
}

/** What points at a thing that exists already. */
const DET = 'the|this|final';
/** How it is wanted. */
const FORMAT = 'format|filetype';

/** The built-in rules, in the order in which they are asked. The first that fits decides. */
export const shapes: () => readonly Shape[] = /* @__PURE__ */ lazily(() => {
  // What may stand before a request without changing it: "ok, could you please help me …", 请帮我….
  const LEAD = '(polite|modal|ask|want|have|me|forme|how|to|praise)*';
  // What may follow an order to export: the thing, its format, a place, courtesies. Any other word is content.
  const TAIL = `(${DET}|it|a|video|export|render|${FORMAT}|have|property|place|site|to|me|forme|give|giveme|polite|modal|ask|number|of|link|show)*`;
  // Where and how it is wanted, after the thing has been named.
  const WHERE = `(to|me|the|a|polite|${FORMAT}|property|place|link|number|modal|give|show|video|left)*`;
  // The finished video, and no other: with "a" it would be a video still to be made.
  const THE_VIDEO = `(video of)?(${DET}|format of|${FORMAT})*(video|${FORMAT}|link|export link|final|(${DET})(export|render))`;
  const MY_FILES = `(${DET}|it|a|media|video|number|polite|me|modal|to me|${FORMAT}|property|what|place|of|quantity)*`;
  const ABOUT_CREDITS = `(polite|modal|ask|want|have|me|forme|how|to|show|what|be|quantity|left|credits|board|${DET}|a|account|about|buy|topup|of|give me|cost|export|render)*`;
  const ABOUT_STATE = `(polite|modal|ask|want|have|me|forme|how|to|show|what|be|quantity|left|board|about|${DET}|it|a|hows|video|media|export|render|upload|of|done|give|praise)*`;
  const ABOUT_LENGTH = `(left|polite|modal|ask|want|what|be|${DET}|it|video|to|of|show|me)*`;

  return [
    {
      intent: 'export' as const,
      because: 'orders the finished video',
      noun: false,
      patterns: [
        // export it in 1080p · 帮我导出一个1080p的mp4 (but 导出的视频 and "export quality" speak about something)
        pattern(`${LEAD} export (?!of|property) ${TAIL}`),
        // export the video as a present for my aunt: once the thing is named, the rest says what for
        pattern(`${LEAD} export ((${DET})+ video|it|this) (to|polite) any*`),
        pattern(`${LEAD} export what modal have polite*`),
        pattern(`${LEAD} export (${DET})+ (board|any any? any? video) ${WHERE}`),
        // render it · 保存到手机
        pattern(`${LEAD} render left? (${DET}|it|video|${FORMAT}|place|to me|polite|me)* ${WHERE}`),
        pattern(`${LEAD} save polite* (${DET}|it|video|${FORMAT}|place|to)+ ${WHERE}`),
        pattern(`${LEAD} (produce|work) (${DET})* final (video|export|render|${FORMAT}|polite)*`),
        pattern(`${LEAD} (${FORMAT}|property|number|of|to)+ export (?!of) ${TAIL}`),
        // start the export · get this exported
        pattern(`${LEAD} (start|modal) (${DET}|a|me|forme|polite)* (export|render) ${TAIL}`),
        pattern(`${LEAD} want (${DET}|it|video)+ done polite*`),
        // send me the final video · 给我视频 · could I get a download link
        pattern(`${LEAD} (give|forme|giveme) (me|modal|give|polite)* ${THE_VIDEO} ${WHERE}`),
        pattern(`${LEAD} give me (${DET})+ any any? video polite*`),
        pattern(`${LEAD} give (it|this) over? (to|me|place|a|polite|${FORMAT})*`),
        pattern(`${LEAD} giveme polite*`),
        pattern(`${LEAD} give? me? (the|a)* (export link|link to export|link) (giveme|forme)? ${TAIL}`),
        pattern(`polite* (how|be)+ (${DET})+ (export link|video+|export) polite*`),
        // I want the final video · can I have the mp4 · I'd love to have the video sent to me
        pattern(`${LEAD} want (to|have|me)* (${DET}|${FORMAT})+ ${THE_VIDEO} ${WHERE}`),
        pattern(`${LEAD} want (final|(it|this) to a? filetype) polite*`),
        // convert it to mp4 · 把视频转成mp4
        pattern(`${LEAD} (ba|convert) (${DET}|it|video|convert)* (to|a)* filetype polite*`),
        pattern(`(polite|modal|me|to)* ask (polite|modal|me)* (have|want) me? ${THE_VIDEO} ${WHERE}`),
        // 把视频发给我 · 视频怎么下载
        pattern(`${LEAD} ba (${DET}|it|video|of|${FORMAT})* (export|render|save|give|giveme|forme) ${TAIL}`),
        pattern(
          `${LEAD} (${DET})* (video|final) (polite|modal|ask|done)* (give|giveme|forme|export|render|save) ${WHERE}`,
        ),
      ],
    },
    {
      intent: 'export' as const,
      because: 'names the finished video',
      noun: true,
      patterns: [
        // the export · the download link · final video please · mp4 please · save · send
        pattern(`${LEAD} (a|the)+ export link? polite*`),
        pattern(`${LEAD} (done to)? (${DET})* final video+ polite*`),
        pattern('polite* the* filetype polite+'),
        pattern(`${LEAD} (save|give) polite*`),
      ],
    },
    {
      intent: 'upload' as const,
      because: 'wants to hand in a file',
      noun: false,
      patterns: [
        // upload three product photos · 从手机上传照片 (but not: upload it to YouTube, 上传的照片…)
        pattern(
          `${LEAD} (place to?)? (upload|attach) (?!of|property) ${MY_FILES} ((to|place|the)* place polite*)?`,
        ),
        pattern(`${LEAD} upload (?!of)(${DET}|a|number|quantity)* any? any? media polite*`),
        pattern(`${LEAD} upload (${DET}|a|number|quantity)+ (media|video) to any* (?!site)any`),
        pattern('(what|quantity) any? any? (ask|modal|have|to)+ upload polite*'),
        pattern(`${LEAD} (start|show) the upload polite*`),
        pattern(`polite* how (modal|ask)+ put (${DET})* (media|video) polite*`),
        // let me send you my photos · 我发你几张照片
        pattern(`${LEAD} bring (${DET}|it|a|number|quantity|media|video|polite|of)+`),
        pattern(
          `${LEAD} (have|be|left) (${DET}|a|number|quantity)* (media|video) (to|want|polite)+ (upload|modal) polite*`,
        ),
        pattern(
          `${LEAD} ba? (${DET}|it|a|of|number|quantity|media|video)+ (polite|modal|ask)* (upload|attach) polite*`,
        ),
        pattern(`${LEAD} put (${DET}|a|number|quantity)* (media|video) to the* place polite*`),
        pattern(`polite* hereis (${DET}|a|number)* media video? (to any*)?`),
      ],
    },
    {
      intent: 'credits' as const,
      because: 'asks for the balance',
      noun: true,
      patterns: [pattern('polite* (the|me of|polite)* (credits|left|account)* credits (left|board|polite)*')],
    },
    {
      intent: 'credits' as const,
      because: 'asks for the balance',
      noun: false,
      patterns: [
        pattern(`${ABOUT_CREDITS} credits ${ABOUT_CREDITS}`),
        pattern(`${LEAD} topup polite*`),
        pattern(`${LEAD} (show|what) (the|be|me|of)* account polite*`),
        pattern('(the|polite|me of)* account (left|be|polite)* quantity polite*'),
        pattern('(what|quantity) (be|left|to|the|me|polite|modal|have)* account polite*'),
        // do I have enough credits for another clip · how much do I have left
        pattern('(modal|ask|have|me|be|polite)* left credits to any*'),
        pattern(
          '(modal|ask|polite)* have (any|polite)? credits to (export|render|produce|work|put|start) any*',
        ),
        pattern('(me|of|the|polite)* credits left (start|produce|work|export|render|to) any*'),
        pattern('quantity modal+ have left polite*'),
        // how many credits does an export cost · did that edit cost me any credits · how much does it cost
        pattern(`${LEAD} (quantity|what) credits any* cost any{0,3}`),
        pattern('quantity credits (modal|ask|be|me|the)* want to any*'),
        pattern(`(modal|be|have|polite) any* cost (me|modal|quantity|it|the|a)* credits ${ABOUT_CREDITS}`),
        pattern(`any* (want|cost) quantity credits polite*`),
        pattern('(be|have) modal want? cost (to|this|it|the|export|me|polite)*'),
        pattern(
          '(quantity|what) (modal|ask|be)* (it|this|a|the|export|render|polite)+ cost (me|polite|to|export|it|this|the|video)*',
        ),
      ],
    },
    {
      intent: 'state' as const,
      because: 'asks for the timeline',
      noun: true,
      patterns: [pattern(`polite* (${DET}|me of|video|export|render|of|left|polite)* board (left|polite)*`)],
    },
    {
      intent: 'state' as const,
      because: 'asks how the work stands',
      noun: false,
      patterns: [
        pattern(`${ABOUT_STATE} board ${ABOUT_STATE}`),
        pattern(`${LEAD} (show|what) (me|be|${DET}|media|video|to|have|modal|polite)* track number? polite*`),
        // preview · show me a preview of the video · let me see the video
        pattern(`${LEAD} (show|give|modal)? (me|a|the)* preview (${DET}|it|video|board|polite|me|to)*`),
        pattern(`${LEAD} show (me|to)? ((${DET})+ (video|export)|video|it|final) polite*`),
        pattern(`${LEAD} ((show|give) me?)? what (modal|have|polite|done|be)+`),
        pattern(`${LEAD} (show me)? what (be|modal|have)* to (${DET})* video polite*`),
        pattern(`${LEAD} what (modal|be)* (${DET})* video (have|be|praise) polite*`),
        // is it done yet · how's the video coming along · 做好了吗
        pattern(
          `polite* (be|have|ask) (modal|it|${DET}|video|export|render|polite|be|upload)* (done|final) ${TAIL}`,
        ),
        pattern(`polite* be (it|${DET}|video|polite)* (render|export|going|upload) polite*`),
        pattern(`polite* how (ask|be|modal)* (it|${DET}|video|export)* be? (done|polite|praise|going)+`),
        pattern(`hows (${DET}|it|video|render|export|modal|polite)+ going? polite*`),
        pattern(
          `polite* (hows|how be|what be?|be) (${DET}|it|video|polite)* going (to (${DET})* (video|export))? polite*`,
        ),
        pattern(
          `(${DET}|show|me|ask|want|video|export|render|work|start|polite|modal|upload|board)* doneq polite*`,
        ),
        // how long is the video now · 时长多少
        pattern(`${ABOUT_LENGTH} howlong ${ABOUT_LENGTH} quantity?`),
        pattern(`${LEAD} howlong (be|modal) (${DET}|it|video|polite)*`),
        // 时间轴上有哪些轨道
        pattern(
          `(${DET}|polite|show|board|video|to|of)* (be|left|have|modal) (what|quantity) (board|video|media)? polite*`,
        ),
      ],
    },
  ];
});

/** Nothing but courtesies and praise: "looks great", "I'm happy with it", 没问题. Asks for nothing by itself. */
export const remark: () => Pattern = /* @__PURE__ */ lazily(() =>
  pattern(`(polite|modal|ask|want|have|me|forme|how|to|praise|done|it|itis|${DET}|video|be|left|doneq)*`),
);

/** Words that only say more about the request before them: "upload my logo and 3 photos", "export please, in 1080p". */
export const additions: () => Partial<Record<Intent, Pattern>> = /* @__PURE__ */ lazily(() => ({
  upload: pattern(`(${DET}|a|number|quantity|polite)* media polite*`),
  export: pattern(
    `(to|the|a|number|polite)* (${FORMAT}|property|place)+ (${FORMAT}|property|place|number|polite)*`,
  ),
}));

/** The reason of every clause that no rule claims. */
export const EDIT = 'is an instruction for the editor';
