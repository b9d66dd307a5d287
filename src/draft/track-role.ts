import type { DraftTrack, TrackKind } from './draft.js';

/** What a track is for, in the words of people who edit videos. */
export type TrackRole =
  | 'video'
  | 'overlay'
  | 'logo'
  | 'bgm'
  | 'voice'
  | 'sound'
  | 'audio'
  | 'title'
  | 'caption'
  | 'subtitle'
  | 'text'
  | 'unknown';

/** Words that drafts use for the role of a track or a segment, by the kind of the track. */
const SPOKEN: { readonly [Kind in TrackKind]: { readonly [role: string]: TrackRole } } = {
  video: {
    video: 'video',
    overlay: 'overlay',
    pip: 'overlay',
    sticker: 'overlay',
    logo: 'logo',
    watermark: 'logo',
  },
  audio: {
    bgm: 'bgm',
    music: 'bgm',
    voice: 'voice',
    voiceover: 'voice',
    narration: 'voice',
    tts: 'voice',
    sound: 'sound',
    sfx: 'sound',
    effect: 'sound',
  },
  text: {
    title: 'title',
    caption: 'caption',
    captions: 'caption',
    subtitle: 'subtitle',
    subtitles: 'subtitle',
    overlay: 'text',
    text: 'text',
  },
  unknown: {},
};

/**
 * What each track is for: by the role of its segments (`logo`), else of the track (`overlay`), else by its kind. Pictures
 * are Video; the first sound is the BGM and the first text the Title, unless another track has that role; the others are
 * Audio and Text.
 */
export function rolesOf(tracks: readonly DraftTrack[]): TrackRole[] {
  const spoken = tracks.map(spokenRole);
  const taken = new Set(spoken);
  return tracks.map(({ kind }, index) => {
    const role = spoken[index] ?? defaultRole(kind, taken);
    taken.add(role);
    return role;
  });
}

function spokenRole(track: DraftTrack): TrackRole | undefined {
  const roles = new Set<TrackRole>();
  for (const { role } of track.segments) {
    const known = readRole(role, track.kind);
    if (known !== undefined) roles.add(known);
  }
  const [first, second] = roles;
  // The segments have different roles.
  if (second !== undefined) return track.kind === 'video' ? 'overlay' : track.kind;
  return first ?? readRole(track.role, track.kind);
}

/** The role that a word means on tracks of a kind; undefined for any other word. */
export function readRole(role: string | undefined, kind: TrackKind): TrackRole | undefined {
  const word = role?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  const words = SPOKEN[kind];
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function defaultRole(kind: TrackKind, taken: ReadonlySet<TrackRole | undefined>): TrackRole {
  if (kind === 'audio') return taken.has('bgm') ? 'audio' : 'bgm';
  if (kind === 'text') return taken.has('title') ? 'text' : 'title';
  return kind;
}
