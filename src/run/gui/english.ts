import type { ScreenRule } from './screen-rules.js';

/** English, in the order in which they are tried. `GAP` is white space and marks of emphasis, `NAME` a marked name. */
export function englishRules(): readonly ScreenRule[] {
  /** What may stand before a verb that asks a person to do something. */
  const LEAD =
    "(?:(?:please|kindly|now|then|next|just|simply|first|second|finally|lastly|also|and|or|so|but|alternatively|otherwise|instead|again|afterwards?|you|users?|either|only|easily|directly|always|still|quickly|you'll|you'd|will|can|could|may|might|should|must|need to|have to|want to|are able to|be able to|are free to|feel free to|go ahead(?: and| to)?|be sure to|make sure to|remember to|don't forget to|try to|all you (?:need|have) to do is(?: to)?|you're welcome to|it's time to)(?:[,:]?GAP|$))*";

  /** Things that one clicks, and places that one opens. */
  const CONTROL =
    '(?:buttons?|icons?|check ?box(?:es)?|sliders?|toggles?|drop-?downs?|handles?|three dots|hamburger|ctrl|cmd|space ?bar|(?:enter|delete|escape|arrow|backspace|tab|shift|space|return) keys?|shortcut)';
  /** A window, page or screen of the editor, not one in a picture. */
  const WINDOW =
    '(?:preview|export|settings|render|project|media|properties|billing|account|pricing|editor|home)GAP(?:window|page|screen|view)|(?:media|asset|stock|music|file|project)GAPlibrary';
  const BAR = '(?:panels?|tabs?|menus?|side ?bar|tool ?bar|dialog(?:ue)?|inspector)';
  const PLACE = `(?:${BAR}|${WINDOW}|time ?line|workspace|dashboard|editor|pop-?up|settings|preview|player|canvas|account|billing|profile|interface)`;
  const VIEWER = `(?:time ?line|preview|player|editor|canvas|workspace|${BAR}|${WINDOW}|dashboard)`;
  const ACCOUNT = '(?:account|billing|subscription|plans?|credits?|credit balance|balance|upgrade|pricing)';
  /** The object of a click: pointed at, named in bold, brackets, quotes or with a capital, or a control. */
  const NAMED = `(?:onGAP)?(?:(?:the|your|that|this|it|any|one of|here|below|above|again)\\b|NAME|(?:\\w+GAP){0,3}${CONTROL}\\b)`;
  const SOME = '[^,;]{0,80}?';
  const GESTURE =
    '(?:(?:double|right)[- ])?(?:clicking|tapping|pressing|opening|selecting|dragging|going to)\\b';
  const EDITS =
    'upload|trim|cut|split|resize|move|edit|change|adjust|delete|remove|add|export|download|save|share|reorder|rearrange|mute|rotate|crop|zoom|preview|play|start|undo';

  return [
    // click the Export button · tap [Export] · double-click any clip
    {
      lead: LEAD,
      verb: `(?:double|right|left|long)?[- ]?(?:click|tap)(?:ping|ing)?`,
      object: NAMED,
      otherwise: 'execute',
    },
    // press Export · hit the space bar (but not: press conference, hit the road)
    {
      lead: LEAD,
      verb: 'press|hit|push',
      object: `(?:onGAP)?(?:NAME|${SOME}\\b${CONTROL}\\b)`,
      otherwise: 'execute',
    },
    // drag the clip onto the timeline · drop your files here
    {
      lead: LEAD,
      verb: 'drag(?:[ -](?:and|&|n)[ -]drop)?',
      object: '(?:the|your|a|an|any|each|it|them|this|that|these|those|files?|clips?|media|assets?|NAME)',
      always: 'send_edit',
    },
    {
      lead: LEAD,
      verb: 'drop',
      object: `(?:the|your|it|them|a|any|files?|clips?|NAME)${SOME}\\b(?:here|into|onto|on|in)\\b`,
      always: 'send_edit',
    },
    // check your account · visit the billing page
    {
      lead: LEAD,
      verb: 'check(?: out)?|view|see|visit|review|manage|open|go to|head to|log ?in to|sign ?in to|access',
      object: `(?:(?:the|your|our|my)GAP)?(?:\\w+GAP){0,2}${ACCOUNT}\\b`,
      always: 'show_credits',
    },
    // preview it in the timeline · see your changes in the media panel
    {
      lead: LEAD,
      verb: 'preview|view|watch|see|review|play|check|find|look|inspect|locate|scrub',
      object: `${SOME}\\b(?:in|on|from|using|via|at|inside|within|through)GAP(?:the|your|our)GAP(?:\\w+GAP){0,3}${VIEWER}\\b`,
      otherwise: 'show_timeline',
    },
    {
      lead: LEAD,
      verb: 'preview|view|see|check(?: out)?|review|look at|scrub through',
      object: `(?:the|your)GAP(?:\\w+GAP)?(?:time ?line|NAME[^,;]{0,12}?time ?line)\\b`,
      always: 'show_timeline',
    },
    // open the timeline panel · go to the Media tab · switch to Settings
    {
      lead: LEAD,
      verb: 'open(?: up)?(?! (?:with|on|by|in)\\b)|go(?: back)? to|head(?: over)? to|navigate to|switch to|expand|return to|visit|access|launch|bring up|pull up|jump to|scroll(?: up| down)?(?: to)?|close(?! (?:with|on)\\b)|log ?in to|sign ?in to',
      object: `(?:NAME|${SOME}\\b(?:${PLACE}|${CONTROL})\\b)`,
      otherwise: 'show_state',
    },
    // select the Text tab · use the trim handle · choose Export from the menu
    {
      lead: LEAD,
      verb: 'select|choose|pick|toggle|enable|turn (?:on|off)|use|check|uncheck|find|locate|hover over|look for',
      object: `${SOME}\\b(?:${CONTROL}|${BAR})\\b`,
      otherwise: 'execute',
    },
    // adjust the volume in the Audio panel (but not: move the subscribe button)
    {
      lead: LEAD,
      verb: 'adjust|move|set|change|edit|fine-tune|tweak|modify|trim|manage',
      object: `${SOME}\\b(?:in|on|from|using|via|with|inside)GAP(?:the|your)GAP(?:\\w+GAP){0,2}(?:${BAR}|slider|timeline|editor|${WINDOW})\\b`,
      otherwise: 'execute',
    },
    // refresh the page
    {
      lead: LEAD,
      verb: 'refresh|reload',
      object: '(?:the|your|this)GAP(?:page|browser|app|window|tab|editor)\\b',
      always: 'show_state',
    },
    // upload your files by dragging them into the panel
    {
      lead: LEAD,
      verb: `(?:${EDITS})\\b${SOME}`,
      object: 'byGAP(?:simplyGAP|justGAP)?(?:drag(?:ging)?|dropping)\\b',
      always: 'send_edit',
    },
    {
      lead: LEAD,
      verb: `(?:${EDITS})\\b${SOME}`,
      object: `byGAP(?:simplyGAP|justGAP)?${GESTURE}`,
      otherwise: 'execute',
    },
    // export it from the File menu · download it using the button below
    {
      lead: LEAD,
      verb: "[a-z]{3,12}(?:GAP[\\w']+){0,5}?",
      object: `(?:by|via|using|through|from|with)GAP(?:${GESTURE}|(?:the|your)GAP${SOME}\\b(?:${CONTROL}|${BAR})\\b)`,
      otherwise: 'execute',
      addressed: true,
    },
    // please export the video · export it when you're ready
    {
      lead: LEAD,
      verb: 'export|download',
      object: '(?:it|them|this|your|the)\\b(?!GAP(?:button|icon))',
      always: 'export',
      unasked: true,
    },
    // your video can be exported from the menu
    {
      lead: '(?:your|the|it|this|that|everything|they)\\b[^,;]{0,40}?',
      verb: '(?:can|may|could)GAP(?:now|also|then|always)?GAP?be',
      object: `${SOME}\\b(?:by|via|using|through|from|in|on|with)GAP(?:${GESTURE}|(?:the|your)GAP(?:\\w+GAP){0,3}(?:${CONTROL}|${BAR}|timeline|dashboard|${WINDOW})\\b)`,
      otherwise: 'show_state',
    },
  ];
}

/** A clause that sets the scene for an instruction: "if you're happy with it, click …", "to download it: click …". */
export const ENGLISH_HEAD =
  /^(?:(?:and|or|so|but|then) )?(?:if|when|whenever|once|after|before|to|for|in order to|until|as soon as|while|need to|want to|ready to|next|next steps?|tip|note|hint|steps?|here's how|follow|select|choose|pick|highlight|hover|go|head|look|scroll|navigate)\b|^(?:now|then|finally|lastly|also|alternatively|otherwise|please|simply|just|so|first|second|or|and)$/;
