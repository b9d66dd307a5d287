import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { compareOf, mine, timesOf } from './amounts.js';
import { type Clause, objectsOf, strange, subjectOf, topicOf } from './clause.js';
import type { Amount, MusicRequest, Request } from './request.js';

/** Reads what is asked about sound: which music, how loud, its fades, and the clips' own sound. */

const DEFAULT_FADE_MS = 2000;
const UNMUTED = 0.35;
const OWN = /upload|file|mp3|wav|m4a|上传|文件|素材/i;

/** "35%", "volume 0.4", "音量调到35": how loud it is to be. */
function volumeOf(clause: Clause): Amount | undefined {
  const loud = mine(clause, 'axis', ['music', 'sound', 'picture', 'video']).some(
    ({ value }) => value === 'volume',
  );
  const percent = mine(clause, 'percent', ['music', 'sound', 'picture', 'video'])[0]?.value;
  const by = compareOf(clause, ['volume', 'amount'], ['music', 'sound'], loud) ?? direction(clause, loud);
  const times = timesOf(clause, by);
  if (by !== undefined && percent === undefined && times !== undefined) return { times };
  if (by !== undefined && percent !== undefined && !/\b(?:to|at)\b|[到至为]/.test(clause.words)) {
    return times === undefined ? undefined : { times };
  }
  if (percent !== undefined) return { to: percent };
  if (!loud) return undefined;
  const number = ofKind(clause.tokens, 'number')[0]?.value;
  if (number !== undefined) return { to: number > 1 ? number / 100 : number };
  return times === undefined ? undefined : { times };
}

/** "turn the music down", "raise the volume", "louder": the direction without an amount. */
function direction(clause: Clause, loud: boolean): 1 | -1 | undefined {
  const timed = has(clause.tokens, 'duration') || has(clause.tokens, 'span');
  const music =
    loud ||
    objectsOf(clause, 'music', 'sound').length > 0 ||
    (!timed && clause.objects.every(({ noun }) => noun === 'pronoun'));
  if (music && clause.verb === 'raise') return 1;
  if (music && clause.verb === 'lower') return -1;
  return compareOf(clause, ['volume'], ['music', 'sound', 'video']);
}

function fadesOf(clause: Clause): { fadeIn?: number; fadeOut?: number } {
  const fade = ofKind(clause.tokens, 'fade').map(({ value }) => value);
  if (fade.length === 0) return {};
  const none = clause.verb === 'remove' || has(clause.tokens, 'not', 'none');
  const ms = none
    ? 0
    : (mine(clause, 'duration', ['music', 'sound'])[0]?.value ?? spanLength(clause) ?? DEFAULT_FADE_MS);
  return {
    ...(fade.some((value) => value !== 'out') && { fadeIn: ms }),
    ...(fade.some((value) => value !== 'in') && { fadeOut: ms }),
  };
}

/** "fade out over the last 3 seconds" */
const spanLength = (clause: Clause): number | undefined =>
  ofKind(clause.tokens, 'span').find(({ value }) => value.for)?.value.for;

/** The last style named counts ("replace lo-fi with upbeat"), but not one that stands behind "instead of". */
function styleOf(clause: Clause): Extract<Request, { do: 'music' }>['style'] {
  const instead = clause.tokens.findIndex((token) => token.kind === 'prep' && token.value === 'instead');
  const tokens = instead < 0 ? clause.tokens : clause.tokens.slice(0, instead);
  const styles = mine({ ...clause, tokens }, 'style', ['music', 'sound', 'video']);
  return styles.at(-1)?.value;
}

const soundFile = (clause: Clause): Thing | undefined =>
  clause.things.find(
    (thing) =>
      thing.file?.kind === 'audio' || (thing.file === null && /\.(?:mp3|wav|m4a|aac)$/i.test(thing.raw)),
  );

/** Whether the clips' own sound is meant, and of which. */
function clipSound(clause: Clause): Request[] {
  const clip = clause.things.find((thing) => subjectOf(thing) === 'picture' && thing.file?.kind !== 'audio');
  const own = /original|clip|原声|原音/i.test(objectsOf(clause, 'sound')[0]?.raw ?? '');
  const about =
    clause.verb === 'mute' ||
    clause.verb === 'unmute' ||
    objectsOf(clause, 'sound').length > 0 ||
    volumeOf(clause);
  if (!about || (!clip && !own)) return [];
  const off = clause.verb === 'mute' || clause.verb === 'remove' || has(clause.tokens, 'not', 'none');
  const volume = off ? { to: 0 } : (volumeOf(clause) ?? { to: 1 });
  return [{ do: 'sound', ...(clip && { what: clip }), volume }];
}

const SILENT = /\bsilent\b|\bsoundless\b|无声/i;
/** "Stop the music at 20 seconds" */
const STOPS = /\b(?:stop|end|cut|finish)(?:s|ped|ping)?\b|停|结束/i;
/** Music, but not this. */
const OTHER = /\b(?:different|another|other)\b|别的|另|换/i;

/** What in a clause speaks of music. */
interface Mention {
  objects: Thing[];
  file: Thing | undefined;
  style: MusicRequest['style'];
  /** It goes on about the music of the request before. */
  goesOn: boolean;
  /** Pictures, texts or the logo are what it is about. */
  elsewhere: boolean;
  fades: boolean;
}

function mentionOf(clause: Clause): Mention {
  const pronouns = clause.objects.every(({ noun }) => noun === 'pronoun');
  const elsewhere = objectsOf(clause, 'picture', 'text', 'logo').length > 0;
  return {
    objects: objectsOf(clause, 'music', 'sound'),
    file: soundFile(clause),
    style: styleOf(clause),
    goesOn: pronouns && topicOf(clause.before)?.subject === 'music',
    elsewhere,
    fades: has(clause.tokens, 'fade') && !elsewhere,
  };
}

function speaksOfMusic(clause: Clause, { objects, file, style, goesOn, elsewhere, fades }: Mention): boolean {
  if (objects.length > 0 || file || fades) return true;
  const mutes = clause.verb === 'mute' || clause.verb === 'unmute';
  if (volumeOf(clause) !== undefined && (!elsewhere || goesOn)) return true;
  return !elsewhere && (style !== undefined || mutes);
}

/** No music, or none from a moment on. */
function silences(clause: Clause, { objects, file, fades, goesOn }: Mention): Request[] {
  const named = objects.length > 0 || file !== undefined;
  const from = mine(clause, 'span', ['music', 'sound'])[0]?.value.from;
  if (named && from !== undefined && STOPS.test(clause.words)) return [{ do: 'music', span: { to: from } }];
  const clips =
    objects.some(({ noun }) => noun === 'sound') || clause.things.some(({ noun }) => noun === 'video');
  const silence: Request = { do: 'silence', ...(clips && { clips }) };
  if (clause.verb === 'mute' && clips) return [silence];
  const off = clause.verb === 'remove' || has(clause.tokens, 'not', 'none');
  return off && !fades && (named || goesOn) ? [silence] : [];
}

function wishOf(clause: Clause, { objects, file, style, fades }: Mention): Omit<MusicRequest, 'do'> {
  const muted = clause.verb === 'mute' ? { to: 0 } : undefined;
  const volume = muted ?? volumeOf(clause) ?? (clause.verb === 'unmute' ? { to: UNMUTED } : undefined);
  const span = fades ? undefined : mine(clause, 'span', ['music', 'sound'])[0]?.value;
  const own = objects.some((thing) => OWN.test(thing.raw)) && !style;
  const another = clause.verb === 'change' || clause.verb === 'replace' || OTHER.test(clause.words);
  return {
    ...(file?.file !== undefined && { file: file.file, fileName: file.raw }),
    ...(own && { own }),
    ...(style !== undefined && { style }),
    ...(volume !== undefined && { volume }),
    ...(span !== undefined && { span }),
    ...fadesOf(clause),
    ...(another && { another }),
  };
}

/** Every request of the clause that is about sound. */
export function readMusic(clause: Clause): Request[] {
  if (SILENT.test(clause.words)) return [{ do: 'silence' }];
  const mention = mentionOf(clause);
  const music = mention.file !== undefined || mention.objects.some((thing) => subjectOf(thing) === 'music');
  const clip = music ? [] : clipSound(clause);
  if (clip.length > 0) return clip;
  if (!speaksOfMusic(clause, mention) && !(mention.goesOn && clause.verb === 'remove')) return [];
  const silence = silences(clause, mention);
  if (silence.length > 0) return silence;
  if (clause.verb === 'keep') return [{ do: 'say', said: { say: 'leftAlone', words: clause.words } }];
  const wish = wishOf(clause, mention);
  return Object.keys(wish).length === 0 && strange(clause) ? [] : [{ do: 'music', ...wish }];
}
