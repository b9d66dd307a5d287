import { lazily } from '../../platform/lazily.js';
import { CHINESE_HEAD, chineseRules } from './chinese.js';
import { ENGLISH_HEAD, englishRules } from './english.js';
import { GAP, NAME } from './marks.js';

/**
 * What the backend asks to be done on a screen, as something that a client can do instead (wire document, "Words of the backend that
 * assume a screen"):
 * - `export` it names the Export or Download button: export the video
 * - `show_state` it wants a panel, a tab or a page opened: show the state of the session
 * - `show_timeline` it wants the timeline or the preview looked at: show the summary of the tracks
 * - `send_edit` it wants something dragged or dropped: send the edit as a message
 * - `show_credits` it wants the account or the billing looked at: show the credits
 * - `execute` it wants another button clicked: ask for what the button does in a message
 */
export type ActionKind = 'export' | 'show_state' | 'show_timeline' | 'send_edit' | 'show_credits' | 'execute';

/** One screen instruction, taken out of a text. */
export interface GuiAction {
  readonly action: ActionKind;
  /** The words of the backend, verbatim: "Click the Export button to download it". */
  readonly phrase: string;
}

/**
 * One way to tell a person what to do on a screen. The parts are sources of regular expressions over a spoken clause
 * (see `marks.ts`), in which `GAP` and `NAME` stand for what they say.
 */
export interface ScreenRule {
  /** What may come before the verb. An instruction begins its clause; a report ("I clicked …") does not. */
  readonly lead: string;
  readonly verb: string;
  /** What has to follow the verb, so that "press conference" is none. Empty: nothing. */
  readonly object: string;
  /** The action, whatever the object is. */
  readonly always?: ActionKind;
  /** The action where the object names nothing better: the Export button, the timeline, the account. */
  readonly otherwise?: ActionKind;
  /** Only where the person is addressed ("you can …"), because the verb alone says nothing. */
  readonly addressed?: boolean;
  /** Only as an order: "you can export it now" offers, and needs no screen. */
  readonly unasked?: boolean;
}

interface Compiled extends ScreenRule {
  readonly pattern: RegExp;
}

const compile = (rule: ScreenRule): Compiled => {
  const latin = /[a-z]{3}/.test(rule.verb);
  const glue = rule.object === '' ? '' : latin ? 'GAP' : 'GAP?';
  const source = `^GAP?(${rule.lead})(?:${rule.verb})${glue}(?:${rule.object})`;
  return { ...rule, pattern: new RegExp(source.replaceAll('GAP', GAP).replaceAll('NAME', NAME), 'u') };
};

const rules = /* @__PURE__ */ lazily(() => [...englishRules(), ...chineseRules()].map(compile));

/** A verb that some rule begins with, or what a rule needs whose verb is any word. Every instruction has one of these. */
const ENGLISH_SIGN =
  /(?<![a-z0-9])(?:access|adjust|bring|ch(?:ange|eck|oose)|cl(?:ick|ose)|d(?:ownload|rag|rop)|e(?:dit|nable|xp(?:and|ort))|fin(?:d|e-tune)|go|h(?:ead|it|over)|inspect|jump|l(?:aunch|ocate|og|ook)|m(?:anage|odify|ove)|navigate|open|p(?:ick|lay|r(?:ess|eview)|u(?:ll|sh))|re(?:fresh|load|turn|view)|s(?:cr(?:oll|ub)|e(?:e|lect|t)|ign|witch)|t(?:ap|oggle|rim|urn|weak)|u(?:ncheck|se)|vi(?:ew|sit)|watch)(?:ping|ing)?(?![a-z])/gi;
const ENGLISH_NEED =
  /(?:clicking|tapping|pressing|opening|selecting|dragging|dropping|going to|buttons?|icons?|check ?box|slider|toggle|drop-?down|handle|three dots|hamburger|ctrl|cmd|space ?bar|keys?|shortcut|panels?|tabs?|menus?|side ?bar|tool ?bar|dialog|inspector)(?![a-z])|\b(?:can|may|could)\s+(?:\w+\s+)?be\b/i;
const CHINESE_SIGN =
  /双击|单击|右击|点|轻|按|拖|[把将在从用于去到看选切请]|通过|使用|查看|检查|前往|访问|登录|打开|进入|管理|查询|核对|预览|浏览|播放|回到|返回|展开|找到|转到|跳转|收起|关闭|勾选|调整|调节|滑动|移动|利用|导出|下载/g;
/** What can come right before it: the beginning of a clause, or the words that lead up to an instruction. */
const BEFORE_SIGN =
  /^\s*$|[^a-z0-9\s]\s*$|\n\s*$|step \d+\s+$|(?<![a-z])(?:please|kindly|now|then|next|just|simply|first|second|finally|lastly|also|and|or|so|but|alternatively|otherwise|instead|again|afterwards?|you|users?|either|only|easily|directly|always|still|quickly|'ll|'d|will|can|could|may|might|should|must|to|ahead|is)[,:]?\s+$/i;
const BEFORE_CHINESE_SIGN =
  /^\s*$|[^\p{L}\p{N}]$|(?:[请您你可也还就都或后再先能便并而将要想且]|可以|只需要?|需要|或者|接着|现在|直接|随时|的话|能够|应该|必须|记得|麻烦|试试|尝试|此时|用鼠标|随意|自行|轻松|手动|首先|其次|另外|同时|接下来|那么|这时|以及)$/u;
/** The longest lead word and the space around it. */
const LEAD_LENGTH = 24;

/**
 * Whether a text can hold an instruction at all. Nearly all sentences cannot, and are spared the work of the rules, which
 * takes a hundred times as long.
 */
export function mayInstruct(text: string): boolean {
  if (ENGLISH_NEED.test(text)) return true;
  const has = (sign: RegExp, before: RegExp): boolean => {
    sign.lastIndex = 0;
    for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
      if (before.test(text.slice(Math.max(0, match.index - LEAD_LENGTH), match.index))) return true;
    }
    return false;
  };
  return (
    has(ENGLISH_SIGN, BEFORE_SIGN) || (/[\u4e00-\u9fff]/.test(text) && has(CHINESE_SIGN, BEFORE_CHINESE_SIGN))
  );
}

const ADDRESSES = /\b(?:you|please)\b/;
const OFFERS = /\b(?:you|can|may|could|feel free)\b/;

/** What a target names, the earliest word first. */
const TARGETS: readonly (readonly [ActionKind, string])[] = [
  ['export', 'export|download|导出|下载'],
  [
    'show_credits',
    '\\b(?:account|billing|subscription|credits?|balance|upgrade|top[ -]?up)\\b|账户|账号|帐户|帐号|账单|积分|余额|订阅|充值|套餐',
  ],
  ['show_timeline', 'time ?line|\\btracks?\\b|preview|\\bplay\\b|时间线|时间轴|轨道|预览|播放'],
  [
    'show_state',
    '\\b(?:panels?|tabs?|side ?bar|library|settings|projects?|dashboard|workspace)\\b|面板|标签|选项卡|侧边?栏|素材库|媒体库|设置|工作台',
  ],
];
const anyTarget = /* @__PURE__ */ lazily(
  () => new RegExp(TARGETS.map(([, words]) => `(${words})`).join('|'), 'iu'),
);
/** Where a clause stops naming its target and begins to say what for. */
const PURPOSE = /\bto (?!the\b|your\b)|\bso\b|\bfor\b|\bwhen|以便|来|即可|就能|就可以|后/iu;
/** A button that is named, though by no word of the table: "Apply". */
const HAS_NAME = /\b(?:the|on) \p{Lu}|["“「『'*`[]/u;

function targetOf(clause: string): ActionKind | undefined {
  const found = anyTarget().exec(clause);
  return TARGETS.find((_, index) => found?.[index + 1] !== undefined)?.[0];
}

function actionOf(rule: ScreenRule, clause: string): ActionKind {
  if (rule.always !== undefined) return rule.always;
  const purpose = PURPOSE.exec(clause)?.index ?? clause.length;
  const target = clause.slice(0, purpose);
  const purposes = HAS_NAME.test(target) ? undefined : targetOf(clause.slice(purpose));
  return targetOf(target) ?? purposes ?? rule.otherwise ?? 'execute';
}

/**
 * What a clause asks of a screen, if anything.
 *
 * @param spoken the clause as `marks.ts` prepares it
 * @param clause the same clause verbatim, for the names in it
 */
export function screenAction(spoken: string, clause: string): ActionKind | undefined {
  if (!/\p{L}/u.test(spoken)) return undefined;
  for (const rule of rules()) {
    const match = rule.pattern.exec(spoken);
    if (match === null) continue;
    const lead = match[1] ?? '';
    if (rule.addressed === true && !ADDRESSES.test(lead)) continue;
    if (rule.unasked === true && OFFERS.test(lead)) continue;
    return actionOf(rule, clause);
  }
  return undefined;
}

/** What a clause that goes on after an instruction names: "click Share and select Download". */
export function namedAction(clause: string): ActionKind | undefined {
  return targetOf(clause);
}

/** Whether a clause only leads up to an instruction: "if you're happy with it, …", 如果满意，…. Not when the agent speaks of itself. */
export function leadsUp(spoken: string): boolean {
  const words = spoken.trimStart();
  if (/\b(?:i|i've|i'm|we|we've)\b|我/.test(words)) return false;
  return ENGLISH_HEAD.test(words) || CHINESE_HEAD.test(words);
}

const WORDS_FOLLOW =
  /(?:\b(?:says?|said|saying|reads?|reading|titled|called|named|titles?|captions?|subtitles?|text|overlay|voice-?over|narrat(?:or|ion)|script|call to action|slogan|label)|说|写着|写的是|写道|念|标题|字幕|文字|旁白|台词|文案|标语)[\s\uE000]*$/u;

/** Whether what comes after its colon is what is said or written in the video: "the caption reads: …", 旁白：…. */
export function introducesWords(spoken: string): boolean {
  return WORDS_FOLLOW.test(spoken) && !leadsUp(spoken);
}

const OWN =
  /^(?:(?:and|or|but|so|then)\s+)?(?:i|i'm|i've|i'll|we|we've|it|it's|its|this|that|there|there's|my|all|everything|both|these|those|here|here's|your|the|our|let's|would you|do you|shall i|what|how|which|anything|no|yes|enjoy)\b|^(?:我|您的|你的|视频|标题|字幕|音乐|已|目前|总|时间线|现在|一切|祝)/u;
const TO_AGENT =
  /\b(?:ask|tell|let|message|send|give) (?:me|us)\b|\bjust say\b|告诉我|跟我说|联系我|发给我|回复/u;
const CONSEQUENCE = /\b(?:will|would|gets?|starts?|can be)\b|'ll\b|将|就会|即可|自动|会/u;
/** No sentence, only another target: "… or the Share button". */
const ONLY_TARGET =
  /^[^,]{0,40}\b(?:buttons?|panels?|tabs?|menus?|icons?|page|timeline)$|^[^，]{0,20}(?:按钮|面板|菜单|图标|页面|标签)$/u;

/** Whether a clause after an instruction is about something else, and stays. */
export function standsAlone(spoken: string): boolean {
  const words = spoken.replace(/[\uE000\uE001]/g, '').trim();
  if (TO_AGENT.test(words)) return true;
  return OWN.test(words) && !CONSEQUENCE.test(words) && !ONLY_TARGET.test(words);
}
