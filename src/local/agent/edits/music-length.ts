import type { LocalDraft, SoundMeta } from '../../dialect.js';
import { endOf, newId, type Setting, type Sound, setSounds, soundsIn } from './tracks.js';

/** Lays music along the video: an uploaded piece that is shorter is played again from its beginning. */

/** A rest shorter than this is not worth another repetition. */
const SHORTEST_PIECE = 200;
/** Repetitions of a very short sound in a very long video. */
const MOST_PIECES = 200;

/** How much of the source is left from where it is begun, in ms; a synthesised piece never ends. */
function sourceLength(meta: SoundMeta, setting: Setting): number {
  const upload = setting.media.find(({ url }) => url === meta.src);
  const length = (upload?.durationMs ?? Number.POSITIVE_INFINITY) - (meta.in ?? 0);
  return length > SHORTEST_PIECE ? length : Number.POSITIVE_INFINITY;
}

/** Fades that leave at least half of the music at its full volume. */
const fade = (wanted: number | undefined, length: number): number =>
  Math.round(Math.min(wanted ?? 0, length / 4));

/**
 * Fills the time from `from` to `to` with this music, in as many pieces as it takes. The pieces that are there keep
 * their ids.
 */
export function layMusic(
  draft: LocalDraft,
  meta: SoundMeta,
  from: number,
  to: number,
  setting: Setting,
): void {
  const { fadeIn, fadeOut, ...steady } = meta;
  const length = to - from;
  const each = Math.max(sourceLength(meta, setting), Math.ceil(length / MOST_PIECES));
  const first = soundsIn(draft)[0]?.id ?? newId('sound', draft, setting.random);
  const pieces: Sound[] = [];
  for (let at = from; at < to; ) {
    // A rest too short to be heard joins the piece before it.
    const d = to - at - each < SHORTEST_PIECE ? to - at : Math.floor(each);
    const id = pieces.length === 0 ? first : `${first}-${pieces.length + 1}`;
    pieces.push({ id, s: at, d, m: { ...steady } });
    at += d;
  }
  const [head, tail] = [pieces[0], pieces.at(-1)];
  if (head && fadeIn) head.m.fadeIn = fade(fadeIn, length);
  if (tail && fadeOut) tail.m.fadeOut = fade(fadeOut, length);
  setSounds(draft, pieces);
}

/** The music as one: the settings of the first piece, with the fade at the end of the last. */
export function musicOf(draft: LocalDraft): { meta: SoundMeta; from: number; to: number } | undefined {
  const sounds = soundsIn(draft);
  const [head, tail] = [sounds[0], sounds.at(-1)];
  if (!head || !tail) return undefined;
  const { fadeOut: _, ...meta } = head.m;
  return {
    meta: { ...meta, ...(tail.m.fadeOut !== undefined && { fadeOut: tail.m.fadeOut }) },
    from: head.s,
    to: endOf(tail),
  };
}

/** Music that went on to the end of the video still does; other music stays inside it. */
export function setMusicEnd(draft: LocalDraft, lengthBefore: number, setting: Setting): void {
  const music = musicOf(draft);
  if (!music) return;
  const to = music.to >= lengthBefore ? draft.d : Math.min(music.to, draft.d);
  if (music.from >= to) setSounds(draft, []);
  else if (to !== music.to) layMusic(draft, music.meta, music.from, to, setting);
}
