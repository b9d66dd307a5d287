import type { LocalMedia } from '../../dialect.js';
import { borrowNouns, shareOwners, takeMaterial } from './neighbours.js';
import type { Role, Thing } from './thing.js';
import { isHan, type Noun, type Token, type TokenOf } from './token.js';
import type { Which } from './which.js';

const ROLES: Record<TokenOf<'prep'>['value'], Role> = {
  with: 'with',
  to: 'to',
  before: 'before',
  after: 'after',
  on: 'on',
  between: 'between',
  about: 'on',
  instead: 'instead',
};

/** Chinese says these after the thing: 第二张之前, 照片上. */
const POSTPOSITION =
  /^(?:之前|以前|前面|前边|的前面|前头|前|之后|以后|后面|后边|的后面|后|上面|上|里面|里|中|之间|中间的)$/;
/** These name a title without being part of a compound noun. */
const CALLED = /^(?:titled|entitled|called|named|名为|叫做|题为)/i;
/** 移到, 换成: what follows such a verb is where to, or what into. */
const LEADS_TO = /[到成为至在进]$/;
const PLURAL_WORD = /s$|[们]$/i;
/** These may stand between the words of one thing without ending it: "the red title", "the upbeat music". */
const ADJECTIVES = [
  'filler',
  'colour',
  'style',
  'aspect',
  'degree',
  'place',
  'occasion',
  'duration',
  'compare',
];

type Draft = Pick<Thing, 'words' | 'tokens'> & {
  noun?: Noun;
  which?: Which;
  file?: LocalMedia | null;
  count?: number;
};

const empty = (): Draft => ({ words: [], tokens: [] });

/** Gathers the words of a clause into things. */
class Gatherer {
  readonly things: Thing[] = [];
  #joined = false;
  #role: Role = 'object';
  #prep: string | undefined;
  #draft = empty();
  #previous: Token | undefined;

  get #full(): boolean {
    const { noun, which, file } = this.#draft;
    return noun !== undefined || which !== undefined || file !== undefined;
  }

  flush(role: Role = this.#role): void {
    const { noun, which, file, count, words, tokens } = this.#draft;
    this.#draft = empty();
    if (!noun && !which && file === undefined && words.length === 0) return;
    // 第一段视频: of several videos, each is a clip.
    const one = noun === 'video' && which !== undefined ? 'clip' : noun;
    const named = one ?? (file !== undefined ? 'file' : which ? 'segment' : 'unknown');
    const nounRaw = tokens.findLast(({ kind }) => kind === 'noun')?.raw ?? '';
    const last = this.things.at(-1);
    if (
      which === 'all' &&
      !noun &&
      file === undefined &&
      words.length === 0 &&
      last &&
      last.which === undefined
    ) {
      // 文字全部 and "the photos … each": the amount follows what it counts.
      Object.assign(last, { which, plural: true });
      return;
    }
    const joined = this.#joined;
    this.#joined = false;
    this.things.push({
      noun: named,
      implicit: noun === undefined && which !== undefined,
      joined,
      role,
      ...(this.#prep !== undefined && role !== 'object' && { prep: this.#prep }),
      ...(which !== undefined && { which }),
      ...(file !== undefined && { file }),
      ...(count !== undefined && { count }),
      words,
      plural: which === 'all' || PLURAL_WORD.test(nounRaw),
      raw: tokens.map(({ raw }) => raw).join(isHan(tokens[0]?.raw ?? '') ? '' : ' '),
      tokens,
    });
  }

  take(token: Token): void {
    this.#read(token);
    this.#previous = token;
  }

  #read(token: Token): void {
    switch (token.kind) {
      case 'join':
        this.flush();
        this.#joined = true;
        return;
      case 'noun':
        this.#noun(token);
        return;
      case 'which':
        if (this.#full) this.flush();
        // "3 seconds each"
        if (token.value === 'all' && this.#previous?.kind === 'duration') this.#role = 'object';
        this.#draft.which = token.value;
        break;
      case 'file':
        if (this.#full) this.flush();
        this.#draft.file = token.value;
        break;
      case 'word':
        if (this.#draft.noun) this.flush();
        this.#draft.words.push(token.value);
        break;
      case 'number':
        if (this.#draft.noun) this.flush();
        this.#draft.count = token.value;
        break;
      case 'prep':
        this.#preposition(token);
        return;
      case 'verb':
        this.flush();
        this.#role = LEADS_TO.test(token.raw) ? 'to' : 'object';
        this.#prep = undefined;
        return;
      case 'filler':
        // 第二张的字幕 and "the second photo's caption": what came first owns what follows.
        if (this.#full && (token.raw === '的' || token.raw.toLowerCase() === 's')) {
          this.#prep = token.raw;
          this.flush('on');
        }
        return;
      default:
        if (this.#draft.noun || !ADJECTIVES.includes(token.kind)) this.flush();
        return;
    }
    this.#draft.tokens.push(token);
  }

  #noun(token: TokenOf<'noun'>): void {
    const { noun } = this.#draft;
    // "a video called …" is no compound.
    if (this.#draft.file !== undefined || CALLED.test(token.raw)) this.flush();
    // "a video of beach.jpg called …": it is the video that is called so.
    if (CALLED.test(token.raw)) this.#role = 'object';
    // "image captions": the last noun counts, except that "photo file" is a photo.
    if (!noun || (token.value !== 'file' && token.value !== 'version')) this.#draft.noun = token.value;
    this.#draft.tokens.push(token);
  }

  #preposition(token: TokenOf<'prep'>): void {
    const role = ROLES[token.value];
    if (!POSTPOSITION.test(token.raw)) {
      this.flush();
      this.#role = role;
      this.#prep = token.raw;
      return;
    }
    this.#prep = token.raw;
    const last = this.things.at(-1);
    // 海滩上: words may be a file's name.
    const named = this.#draft.words.length > 0 && (!last || this.#role === 'on');
    if (this.#full || named) this.flush(role);
    else if (last) Object.assign(last, { role, prep: token.raw });
    this.#prep = undefined;
    const [a, b] = this.things.slice(-2);
    if (role === 'between' && a && b) a.role = 'between';
    this.#role = 'object';
  }
}

/** The things that a clause names, in order. */
export function gatherThings(tokens: readonly Token[]): Thing[] {
  const gatherer = new Gatherer();
  for (const token of tokens) gatherer.take(token);
  gatherer.flush();
  borrowNouns(gatherer.things);
  takeMaterial(gatherer.things, tokens);
  shareOwners(gatherer.things);
  return gatherer.things;
}
