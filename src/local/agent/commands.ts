import { OVERLAY_EDITS } from './overlays.js';
import { type Edit, PICTURE_EDITS } from './pictures.js';
import type { Token } from './tokens.js';

/**
 * All that the agent understands, beside a wish for a new video: the name, an example in English and in Chinese, the tokens
 * that a clause must have ("or" between lists, `/` between tokens, of which one is enough), and those that it may have. A
 * clause with any other token is not for this command, and the first row that fits has it. The order of tokens does not
 * matter, for English and Chinese differ in that; `+` allows several values. A new video is made in the order of the rows.
 */
const TABLE = `
leave         | Don't change the title.                  | 标题不变。               | no set/move/cut/leave/sort/export or leave or keep title/text/caption/music/logo/length/transition | PART set make
only          | Use only photos 1 and 3.                 | 只用第一张和第三张照片。 | keep pick+/file+ or put upload file+ | PUT SHOT upload all pick+ file+
remove        | Remove the second photo.                 | 删掉第二张照片。         | out/cut pick+/file+ | SHOT video pick+ file+
move          | Move the last photo to the front.        | 把最后一张移到最前面。   | move/put pick+/file+ edge or move pick+/file+ pick or put file pick or edge pick/file | PUT SHOT pick+ file+
order         | Reverse the order.                       | 倒序播放。               | reverse or sort pick+/file+ | PUT SHOT video all sort pick+ file+
replace       | Replace the second photo with beach.jpg. | 把第二张换成 beach.jpg。 | set pick/file file | SHOT with
trim          | Cut the last 5 seconds.                  | 剪掉最后5秒。            | out/cut/keep span | video all off
length        | Make it 15 seconds long.                 | 时长15秒。               | time or cut to time | PUT video all length
pace          | Make it faster.                          | 节奏快一点。             | faster or slower | PUT video all pace
aspect        | Make it vertical, 9:16.                  | 画面比例9:16。           | aspect | PUT video frame
transitions   | Use crossfades of 1 second.              | 用1秒的交叉淡化转场。    | cross or out/no/put transition or transition time | PUT SHOT keep video all transition time
title         | Add the title "Summer Sale".             | 标题为“夏日大促”。       | title/says quote or titled | PUT LOOK video title says
text          | Show the text "Free shipping" from 5s to 8s at the top. | 在第5秒到第8秒显示文字“包邮”。 | text/caption/put quote or quote span/at/edge | PUT LOOK SHOT each all pick file video says text caption
text style    | Make the title bigger.                   | 把标题放大。             | title/text/caption bigger/smaller/place/span/at/edge/time | PUT LOOK move all quote video
remove text   | Remove the captions.                     | 去掉标题。               | out/no title/text/caption or out quote | PUT all quote
music         | Add lo-fi music.                         | 配上轻快的音乐。         | music | PUT upload file style volume percent all video
volume        | Set the music volume to 35%.             | 音乐音量50%。            | volume percent | PUT music volume percent
no music or logo | No music.                             | 去掉logo。               | out/no/mute music or out/no logo or music off | PUT video all
logo          | Put the logo in the top left corner.     | logo放到左上角。         | logo or file place | PUT move file place video
`;

/** One without an edit asks for nothing to be changed. */
const EDITS: Readonly<Record<string, Edit>> = { ...PICTURE_EDITS, ...OVERLAY_EDITS };

/** Names for what many commands take. */
const GROUPS: Readonly<Record<string, string>> = {
  PUT: 'put make set',
  SHOT: 'picture clip',
  LOOK: 'place bigger smaller span at edge time',
  PART: 'title text caption music logo video transition length picture clip pick file',
};
/** Tokens that bind others and ask for nothing. */
const BINDING = ['a', 'it', 'of', 'for', 'to', 'prep', 'says'];
/** Tokens that say something else each time, so that a second one is not covered by the first. */
const VALUES = 'quote file pick time at span percent aspect style cross place edge'.split(' ');

/** Something that the agent can be asked for. */
export interface Command {
  readonly name: string;
  readonly example: { readonly en: string; readonly zh: string };
  /** Lists of tokens of which a clause needs one; of each part of it one token. */
  readonly needs: readonly (readonly (readonly string[])[])[];
  readonly takes: readonly string[];
  readonly edit: Edit | undefined;
}

export const COMMANDS: readonly Command[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [name = '', en = '', zh = '', needs = '', takes = ''] = row.split('|').map((cell) => cell.trim());
    return {
      name,
      example: { en, zh },
      needs: needs.split(' or ').map((list) => list.split(' ').map((part) => part.split('/'))),
      takes: takes.split(' ').flatMap((part) => (GROUPS[part] ?? part).split(' ')),
      edit: EDITS[name],
    };
  });

/** The command that understands a clause, every token of it. */
export function commandFor(tokens: readonly Token[]): Command | undefined {
  return COMMANDS.find(({ needs, takes }) => needs.some((parts) => fits(parts, takes, tokens)));
}

function fits(needs: Command['needs'][number], takes: readonly string[], tokens: readonly Token[]): boolean {
  const open = [...needs];
  const seen = new Set<string>();
  for (const { is, value, numbers } of tokens) {
    const part = open.findIndex((list) => list.includes(is) || list.includes(`${is}+`));
    const isMany = takes.includes(`${is}+`) || needs.some((list) => list.includes(`${is}+`));
    const isNamed = takes.includes(is) || (!VALUES.includes(is) && needs.some((list) => list.includes(is)));
    const isNew = !VALUES.includes(is) || !seen.has(is);
    const key = `${is} ${value} ${numbers.join()}`;
    if (part >= 0) open.splice(part, 1);
    else if (!isMany && !(isNamed && isNew) && !BINDING.includes(is) && !seen.has(key)) return false;
    seen.add(is).add(key);
  }
  return open.length === 0;
}
