import type { LocalMedia } from '../../dialect.js';
import type { Span } from '../language/spans.js';
import type { Thing } from '../language/thing.js';
import type { TokenValues } from '../language/token.js';
import type { Which } from '../language/which.js';
import type { Said } from '../replies/facts.js';

/** How much something changes. Exactly one of them is set, or none where only the wish is known. */
export interface Amount {
  /** The new value itself (ms, or 0 to 1 for a volume). */
  to?: number;
  /** The new value is the old one times this. */
  times?: number;
  /** The new value is the old one plus this. */
  plus?: number;
}

/** Where something goes in the row of pictures. */
export type Destination =
  | { at: 'start' | 'end' }
  | { at: 'before' | 'after'; thing: Thing }
  | { at: 'place'; which: Which }
  | { at: 'step'; by: 1 | -1 }
  /** "at 5 seconds" */
  | { at: 'time'; ms: number };

/** What a text request may say about the text, beside which one it is. */
export interface TextLook {
  size?: Amount;
  colour?: string;
  place?: 'top' | 'center' | 'bottom';
}

/** When a text is to be seen. */
export interface TextTiming {
  span?: Span;
  edge?: 'start' | 'end';
  /** For how long, in ms. */
  lasting?: number;
  /** Earlier or later, in ms. */
  shift?: number;
  /** Longer or shorter. */
  length?: Amount;
  /** Over these pictures. */
  over?: readonly Thing[];
}

/** Which text is meant. */
export interface TextTarget {
  role: 'title' | 'caption' | 'overlay' | 'cta' | 'any';
  which?: Which;
  /** What it says now, or words of it. */
  saying?: string;
  /** The pictures that it stands on. */
  over?: readonly Thing[];
  /** At the beginning or the end of the video. */
  edge?: 'start' | 'end';
  plural: boolean;
  /** As written. */
  raw: string;
}

/** What somebody asks for, free of the language it was asked in. */
export type Request =
  | { do: 'say'; said: Said }
  | { do: 'remove'; what: Thing }
  | { do: 'keep'; what: Thing[] }
  | { do: 'move'; what: Thing; to: Destination }
  | { do: 'swap'; a: Thing; b: Thing }
  | { do: 'replace'; what: Thing; by: Thing }
  | { do: 'insert'; what: Thing; to?: Destination; ms?: number }
  /** `whole`: a video was asked for, not a clip for one. */
  | { do: 'generate'; words: string; to?: Destination; ms?: number; whole?: true }
  | { do: 'duplicate'; what: Thing }
  | { do: 'order'; by: 'reverse' | 'shuffle' | 'name' }
  | { do: 'order'; by: 'list'; list: Thing[] }
  | { do: 'trim'; what?: Thing; keep: Span }
  | { do: 'trim'; what?: Thing; off: Span }
  | { do: 'length'; what: Thing | 'each'; amount: Amount }
  | { do: 'total'; amount: Amount }
  | { do: 'speed'; what?: Thing; times: number }
  | { do: 'aspect'; aspect: TokenValues['aspect'] }
  | { do: 'fps'; fps: number }
  | { do: 'transition'; type?: TokenValues['transition']; length?: Amount; at?: Thing[] }
  | { do: 'motion'; motion: TokenValues['motion'] | 'alternate'; what?: Thing }
  | { do: 'write'; role: TextTarget['role']; text?: string; look: TextLook; timing: TextTiming }
  | { do: 'captions'; from: 'names' | readonly string[]; look: TextLook }
  | { do: 'restyle'; target: TextTarget; text?: string; look: TextLook; timing: TextTiming }
  | { do: 'unwrite'; target: TextTarget }
  | MusicRequest
  /** `clips`: and the clips' own sound. */
  | { do: 'silence'; clips?: true }
  | { do: 'sound'; what?: Thing; volume: Amount }
  | LogoRequest
  | { do: 'unlogo' };

/** Music, and how it sounds. What is not said stays as it is. */
export interface MusicRequest {
  do: 'music';
  /** An uploaded sound; null where none is called as said. */
  file?: LocalMedia | null;
  /** The name of the file as written. */
  fileName?: string;
  /** An uploaded sound without saying which. */
  own?: boolean;
  /** Other music than now, without saying which. */
  another?: boolean;
  style?: TokenValues['style'];
  volume?: Amount;
  /** ms */
  fadeIn?: number;
  /** ms */
  fadeOut?: number;
  span?: Span;
}

/** The logo, and where and how it stands. What is not said stays as it is. */
export interface LogoRequest {
  do: 'logo';
  file?: LocalMedia | null;
  fileName?: string;
  v?: 'top' | 'center' | 'bottom';
  h?: 'left' | 'center' | 'right';
  /** Its width as a part of the frame's shorter side. */
  size?: Amount;
  /** 0 to 1 */
  opacity?: number;
  span?: Span;
  edge?: 'start' | 'end';
}
