/**
 * A quick look at a text before the rules read it: nearly all sentences hold no instruction for a screen. It may let through a
 * sentence that holds none, but stops none that a rule would match: each rule needs a verb where an instruction can begin
 * and, after most verbs, something that is on a screen. It reads the text as it came, without the marks of `marks.ts`.
 */

/** How instructions look in one language. */
interface Signs {
  /**
   * A verb that a rule begins with; or, where two rules take any verb: how it is to be done (first group), the person who is
   * to do it (second group). One pass looks for all three.
   */
  readonly verb: RegExp;
  /** What can come right before it: the beginning of a clause, or the words that lead up to an instruction. */
  readonly before: RegExp;
  /** Verbs, with what must follow them at once, that need nothing more. */
  readonly alone: RegExp;
  /**
   * What the other verbs need in the rest of the clause: a thing on a screen, or a marked name. What is quoted or in
   * brackets may hold the marks that end a clause, so that its beginning is enough.
   */
  readonly thing: RegExp;
}

// In pure wrappers: an expression that is put together would else be in every bundle.

/** Between two English words: white space or a mark. */
const SPACE = '[^a-z<]|</?[a-z]+>';
const GESTURE = 'clicking|tapping|pressing|opening|selecting|drag|dropping|going\\s+to';

const ENGLISH_THING =
  'button|icon|check\\s*box|slider|toggle|drop-?down|handle|three\\s+dots|hamburger|ctrl|cmd|space\\s*bar|key|shortcut|panel|tab|menu|side\\s*bar|tool\\s*bar|dialog|inspector|window|page|screen|view|library|time\\s*line|workspace|dashboard|editor|pop-?up|settings|preview|player|canvas|account|billing|profile|interface|subscription|plan|credit|balance|upgrade|pricing';

const ENGLISH_VERB =
  '(?:click(?:ing)?|tap(?:ping)?|access|adjust|bring|change|check|choose|close|drag|drop|edit|enable|expand|find|fine-tune|go|head|hit|hover|inspect|jump|launch|locate|log|look|manage|modify|move|navigate|open|pick|play|press|preview|pull|push|refresh|reload|return|review|scroll|scrub|see|select|set|sign|switch|toggle|trim|turn|tweak|uncheck|use|view|visit|watch)(?![a-z])';

const ENGLISH: Signs = /* @__PURE__ */ (() => ({
  verb: new RegExp(
    // "export" and "download" need a word right behind, or what the two groups look for.
    `(?<![a-z])(?:${ENGLISH_VERB}|(?:export|download)(?=(?:${SPACE})+(?:it|them|this|your|the)(?![a-z]))|` +
      // "upload it by dragging …"
      `((?:by|via|using|through|from|with|in|on)(?:${SPACE}|simply|just|double|right)+(?:${GESTURE}))|` +
      // "you can … from the menu", "it can be … in the panel": only with a thing on a screen.
      `((?:you|please|(?:can|may|could)(?:${SPACE}|now|also|then|always)+be)(?![a-z])))`,
    'gi',
  ),
  before:
    /(?<=^\s*|[^a-z0-9\s]\s*|\n\s*|step \d+\s+|(?<![a-z])(?:please|kindly|now|then|next|just|simply|first|second|finally|lastly|also|and|or|so|but|alternatively|otherwise|instead|again|afterwards?|you|users?|either|only|easily|directly|always|still|quickly|you'll|you'd|will|can|could|may|might|should|must|to|ahead|is)[,:]?\s+)/iy,
  alone:
    /access|bring|click|close|download|drag|drop|expand|export|go|head|hit|jump|launch|log|navigate|open|press|pull|push|refresh|reload|return|scroll|sign|switch|tap|visit/iy,
  thing: new RegExp(`(?:[^,;]|,(?=\\d)){0,200}?(?:["'“”‘’«「『《(（]|(?<![a-z])(?:${ENGLISH_THING}))`, 'iy'),
}))();
const SCREEN_THING = /* @__PURE__ */ (() => new RegExp(`(?<![a-z])(?:${ENGLISH_THING})`, 'i'))();

const CHINESE: Signs = {
  verb: /双击|单击|右击|点|轻|按|拖|[把将在从用于去到看选切请]|通过|使用|查看|检查|前往|访问|登录|打开|进入|管理|查询|核对|预览|浏览|播放|回到|返回|展开|找到|转到|跳转|收起|关闭|勾选|调整|调节|滑动|移动|利用/g,
  before:
    /(?<=^\s*|[^\p{L}\p{N}]|[①-⑳请您你可也还就都或后再先能便并而将要想且]|可以|只需要?|需要|或者|接着|现在|直接|随时|的话|能够|应该|必须|记得|麻烦|试试|尝试|此时|用鼠标|随意|自行|轻松|手动|首先|其次|另外|同时|接下来|那么|这时|以及|[;；，、：,:]\s*(?:and|or|then|but))/uy,
  alone: /[双单右]击|点[击选按一开]|轻[点触按]|拖|请[您你]?(?:直接|先)?(?:导出|下载)/y,
  thing:
    /[^，；。、：！？;]{0,200}?(?:拖|按钮|图标|按键|键|复选框|滑块|开关|选项|下拉|箭头|手柄|面板|标签|菜单|窗口|页面|界面|时间线|时间轴|轨道|侧边?栏|工具栏|编辑器|设置|素材库|媒体库|工作[台区]|预览|播放器|画布|对话框|弹窗|控制台|个人中心|[账帐][户号单]|余额|积分|订阅|套餐|充值|计费|会员|[上下][角方]|[顶底]部|[*`[\]<_~="“「『《«'‘(（\p{Lu}])/uy,
};

function hasOrder(text: string, { verb, before, alone, thing }: Signs): boolean {
  let isAddressed = false;
  verb.lastIndex = 0;
  for (let match = verb.exec(text); match !== null; match = verb.exec(text)) {
    const [, byGesture, addressed] = match;
    if (byGesture !== undefined) return true;
    isAddressed ||= addressed !== undefined;
    before.lastIndex = match.index;
    if (!before.test(text)) continue;
    alone.lastIndex = match.index;
    thing.lastIndex = verb.lastIndex;
    if (alone.test(text) || thing.test(text)) return true;
  }
  return isAddressed && SCREEN_THING.test(text);
}

/** Whether a text can hold an instruction at all. */
export function mayInstruct(text: string): boolean {
  return hasOrder(text, ENGLISH) || (/[\u4e00-\u9fff]/.test(text) && hasOrder(text, CHINESE));
}
