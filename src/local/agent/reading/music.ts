import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { compareOf, mine, timesOf } from './amounts.js';
import { type Clause, objectsOf, subjectOf, topicOf } from './clause.js';
import type { Amount, MusicRequest, Request } from './request.js';

/** Reads what is asked about sound: which music, how loud, its fades, and the clips' own sound. */

const DEFAULT_FADE_MS = 2000;
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
  const music =
    loud ||
    objectsOf(clause, 'music', 'sound').length > 0 ||
    clause.objects.every(({ noun }) => noun === 'pronoun');
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

/** Every request of the clause that is about sound. */
export function readMusic(clause: Clause): Request[] {
  if (SILENT.test(clause.words)) return [{ do: 'silence' }];
  const objects = objectsOf(clause, 'music', 'sound');
  const file = soundFile(clause);
  const topic = topicOf(clause.before);
  const aboutPictures = objectsOf(clause, 'picture', 'text', 'logo').length > 0;
  const music = objects.some((thing) => subjectOf(thing) === 'music') || file !== undefined;
  if (!music) {
    const clip = clipSound(clause);
    if (clip.length > 0) return clip;
  }
  const style = styleOf(clause);
  const goesOn = topic?.subject === 'music' && clause.objects.every(({ noun }) => noun === 'pronoun');
  const loud = volumeOf(clause) !== undefined && (!aboutPictures || goesOn);
  const fades = has(clause.tokens, 'fade') && !aboutPictures;
  const mutes = clause.verb === 'mute' || clause.verb === 'unmute';
  if (objects.length === 0 && !file && !style && !loud && !fades && !(mutes && !aboutPictures)) {
    return goesOn && clause.verb === 'remove' ? [{ do: 'silence' }] : [];
  }
  if (style && objects.length === 0 && !file && aboutPictures) return [];
  if (
    !fades &&
    (clause.verb === 'remove' || has(clause.tokens, 'not', 'none')) &&
    (objects.length > 0 || file)
  ) {
    const everything = objects.some((thing) => thing.noun === 'sound');
    return [{ do: 'silence' }, ...(everything ? [{ do: 'sound', volume: { to: 0 } } as const] : [])];
  }
  if (clause.verb === 'keep') return [{ do: 'say', said: { say: 'leftAlone', words: clause.words } }];
  const volume =
    clause.verb === 'mute'
      ? { to: 0 }
      : (volumeOf(clause) ?? (clause.verb === 'unmute' ? { to: 0.35 } : undefined));
  const span = fades ? undefined : mine(clause, 'span', ['music', 'sound'])[0]?.value;
  const own = objects.some((thing) => OWN.test(thing.raw)) && !style;
  const wish: Omit<MusicRequest, 'do'> = {
    ...(file?.file !== undefined && { file: file.file, fileName: file.raw }),
    ...(own && { own }),
    ...(style !== undefined && { style }),
    ...(volume !== undefined && { volume }),
    ...(span !== undefined && { span }),
    ...fadesOf(clause),
    ...((clause.verb === 'change' || clause.verb === 'replace') && { another: true }),
  };
  // "make the music glow": music is named, but nothing about it is understood.
  const strange = clause.verb === undefined && has(clause.tokens, 'word');
  if (Object.keys(wish).length === 0 && (clause.verb === 'make' || strange)) return [];
  return [{ do: 'music', ...wish }];
}
