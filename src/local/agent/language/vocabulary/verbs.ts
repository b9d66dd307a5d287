import type { Verb } from '../token.js';

/** One meaning with the English and the Chinese words for it: sources of patterns, the longest match wins. */
export type Entry<Value> = readonly [value: Value, english: string, chinese: string];

/** What people call the doing. English patterns stand between word boundaries. */
export const VERBS: readonly Entry<Verb>[] = [
  [
    'remove',
    'remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|drop|get(?:ting)? rid of|tak(?:e|ing) (?:out|away)|lose|erase|eliminate|scrap|discard|ditch|leave out|omit|skip|exclude|strip|kill|cut out|edit out|(?:should|must|has to|have to|needs to|can) go|clear|switch off|turn off|disable|hide|ban',
    '删除|删掉|删去|删了|删|去掉|去除|去了|移除|移掉|拿掉|撤掉|除去|剪掉|裁掉|扔掉|取消|清除|清空|略过|跳过|关掉|关闭|关了|关上|拿走|隐藏',
  ],
  [
    'add',
    "add(?:s|ed|ing)?|insert(?:ing)?|includ(?:e|ing)|append|attach|appl(?:y|ying)|put (?:in|on)|throw in|bring in|switch on|turn on|enable|give|want|need|prefer|i(?:'d| would) like|overlay(?=(?: the| my| our| a| some)? (?:logo|text|title))",
    '添加|加上|加入|加个|加一(?:个|段|行|句|条|首|张)?|加点|加|增加|添上|添|插入|配上|配|附上|来点|来个|来一段|来首|贴上|带上|打上|补上|想要|需要|要有|放入',
  ],
  ['put', 'put(?:ting)?|plac(?:e|ing)|position|pin', '放到|放在|放进|放|摆到|摆在|摆|置于|排到|排在|排|位于'],
  [
    'move',
    'mov(?:e|es|ed|ing)|shift|drag|bring|relocate',
    '移动到|移动|移到|移至|移|挪到|挪|调到|提到|拖到|拖动|拖拽|挪动|提前到|推到',
  ],
  [
    'swap',
    'swap(?:ping)?|exchange|interchange|switch|trade',
    '交换|对调|互换|调换|换一下(?:位置|顺序)?|换个?位置',
  ],
  [
    'replace',
    'replac(?:e|es|ed|ing)|substitut(?:e|ing)|swap out|exchange(?= .* for )',
    '替换成|替换为|替换|换成|换为|换掉|更换成|更换为|更换|换',
  ],
  [
    'change',
    'chang(?:e|es|ed|ing)|set|updat(?:e|ing)|edit|modif(?:y|ying)|adjust|alter|convert|renam(?:e|ing)|retitle|rewrite|correct|fix',
    '改成|改为|改到|改回|更改|改|修改成|修改为|修改|变成|变为|变|设置成|设置为|设置|设定为|设为|设成|设到|设|调成|调为|调整到|调整为|调整|调至|调|切换到|切换成',
  ],
  ['make', 'mak(?:e|es|ing)|made|get|let|have', '弄成|弄得|弄|搞|让|使|变得|做得'],
  [
    'create',
    'creat(?:e|es|ed|ing)|generat(?:e|es|ed|ing)|produc(?:e|es|ed|ing)|build|compos(?:e|ing)|assembl(?:e|ing)|craft|put together|render|design|stitch(?: together)?|compile|edit together|cut together',
    '创建|创作|制作|生成|做一(?:个|条|段|支|部)|做个|做条|做段|做成|做出|做|合成|剪辑成|剪辑|剪成|剪一(?:个|条|段|支)|剪个|拼接成|拼成|产出|来一(?:个|条|支)|弄一(?:个|条|段|支)|出一(?:个|条|段|支)',
  ],
  [
    'restart',
    'start(?:ing)? over|(?:start )?from scratch|start again|redo (?:it|the video|everything)',
    '重新(?:做|来|生成|制作|剪|创建)|重做|从头再来|从头做',
  ],
  ['use', 'us(?:e|es|ed|ing)', '使用|采用|选用'],
  [
    'show',
    'show(?:s|n|ing)?|display|hold|stay(?:s|ing)?|last(?:s|ing)?(?= (?:for )?(?:\\d|half|a|one|two|three|four|five|six|seven|eight|nine|ten|longer))|appear(?:s|ing)?|run(?:s|ning)?|play(?:s|ing)?',
    '显示|展示|停留|持续|播放|出现|呈现',
  ],
  [
    'keep',
    'keep(?:s|ing)?|leav(?:e|ing)|preserve|retain|only use|use only',
    '只保留|仅保留|保留|只留下?|只要|只用|保持|留着|留下|别动',
  ],
  [
    'trim',
    'trim(?:med|ming)?|crop(?: it)?(?= to \\d)|clip(?= (?:the|it|off) )',
    '裁剪|剪裁|修剪|截取|截到|截|裁到|裁|剪到|剪短',
  ],
  ['cut', 'cut(?:ting)?|chop(?: off)?|slice|snip', '剪去|切掉|切|剪'],
  ['duplicate', 'duplicat(?:e|ing)|cop(?:y|ying)|repeat(?:ing)?', '复制|重复|拷贝'],
  ['reverse', 'revers(?:e|ed|ing)|backwards?|back to front', '倒序|倒过来|反转|颠倒|反过来|逆序|倒着'],
  ['shuffle', 'shuffl(?:e|ed|ing)|randomi[sz]e|random(?:ly)?|mix up', '打乱|随机'],
  [
    'sort',
    'sort(?:ed|ing)?|re-?order(?:ed|ing)?|re-?arrang(?:e|ed|ing)|arrang(?:e|ed|ing)|alphabetical(?:ly)?',
    '重新排序|重新排列|排序|排列|重排',
  ],
  ['mute', 'mut(?:e|ed|ing)|silenc(?:e|ed|ing)', '静音|消音|关声音'],
  ['unmute', 'unmut(?:e|ed|ing)', '取消静音|恢复声音'],
  ['undo', 'undo|revert|roll(?:ing)? ?back|go back|redo', '撤销|撤回|回退|还原|恢复|重做一步|返回上一步'],
  [
    'raise',
    'increas(?:e|ing)|rais(?:e|ing)|boost|turn up|bring up|pump up|crank up',
    '提高|增大|调高|调大|加大|增强|提升|升高',
  ],
  [
    'lower',
    'decreas(?:e|ing)|reduc(?:e|ing)|lower(?:ing)?|turn down|bring down|soften|tone down',
    '降低|减小|调低|调小|减弱|压低|减少|降',
  ],
  ['quicken', 'speed(?:ing)? up|accelerate|quicken|fast[- ]forward', '加快|加速|提速|快放|快进'],
  ['slow', 'slow(?:ing)?(?: down)?', '放慢|减速|慢放|减慢|慢下来'],
  ['enlarge', 'enlarg(?:e|ing)|scal(?:e|ing) up|grow|magnify|blow up', '放大|变大|增大|加大'],
  ['shrink', 'shrink(?:ing)?|scal(?:e|ing) down', '缩小|变小|减小'],
  ['lengthen', 'lengthen|extend|prolong|stretch', '延长|拉长|加长|延展'],
  ['shorten', 'shorten|condense|compress', '缩短|压缩|缩减'],
  [
    'caption',
    '(?:caption|label)(?= (?:the|photos?|pictures?|images?|clips?|slides?|each|every|all|it|my) )',
    '标注',
  ],
  ['write', 'writ(?:e|es|ing)|written|says?|saying|reads?|reading|type|print', '写上|写着|写|打上字|印上'],
  [
    'start',
    'start(?:s|ing)?|begin(?:s|ning)?|open(?:s|ing)?(?= (?:with|on))|lead with',
    '先放|先播|先用|先显示|以(?=.*(?:开头|开始|开场))|开场用',
  ],
  [
    'end',
    'end(?:s|ing)?|finish(?:es|ing)?|clos(?:e|es|ing)(?= (?:with|on))',
    '最后放|最后用|以(?=.*(?:结尾|结束|收尾))|收尾用|结尾用',
  ],
  ['export', 'export(?:ing)?|download(?:ing)?|save (?:the|my|this) video|send me the video', '导出|下载'],
  ['turn', 'turn(?:ing)?', '把|将'],
  ['take', 'tak(?:e|ing)', '拿'],
];
