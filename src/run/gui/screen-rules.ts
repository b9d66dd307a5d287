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
 * One way to say what to do on a screen. The parts are sources of regular expressions over a spoken clause
 * (see `marks.ts`), in which `GAP` and `NAME` stand for what they say.
 */
export interface ScreenRule {
  /** What may come before the verb. An instruction begins its clause; a report ("I clicked …") does not. */
  readonly lead: string;
  readonly verb: string;
  /** What has to follow the verb, so that "press conference" is no instruction. Empty: nothing. */
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
  /** Where its verb is not, the pattern is not needed: an expression of this size takes ms to compile. */
  readonly sign: RegExp;
  readonly pattern: () => RegExp;
}

const compile = (rule: ScreenRule): Compiled => {
  const { lead, verb, object } = rule;
  const expression = (source: string): RegExp =>
    new RegExp(source.replaceAll('GAP', GAP).replaceAll('NAME', NAME), 'u');
  const latin = /[a-z]{3}/.test(verb);
  const glue = object === '' ? '' : latin ? 'GAP' : 'GAP?';
  return {
    ...rule,
    sign: expression(verb),
    pattern: lazily(() => expression(`^GAP?(${lead})(?:${verb})${glue}(?:${object})`)),
  };
};

const rules = /* @__PURE__ */ lazily(() => [...englishRules(), ...chineseRules()].map(compile));

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
  const addresses = ADDRESSES.test(spoken);
  for (const rule of rules()) {
    if ((rule.addressed === true && !addresses) || !rule.sign.test(spoken)) continue;
    const match = rule.pattern().exec(spoken);
    if (match === null) continue;
    const lead = match[1] ?? '';
    if (rule.addressed === true && !ADDRESSES.test(lead)) continue;
    if (rule.unasked === true && OFFERS.test(lead)) continue;
    return actionOf(rule, clause);
  }
  return undefined;
}

/** What a clause that continues after an instruction names: "click Share and select Download". */
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
