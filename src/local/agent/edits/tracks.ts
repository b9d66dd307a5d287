import type {
  LocalAudioTrack,
  LocalDraft,
  LocalMedia,
  LocalSegment,
  LocalTextTrack,
  LocalVideoTrack,
  PictureMeta,
  SoundMeta,
  TextMeta,
} from '../../dialect.js';
import type { Language } from '../wording/stock.js';

/** What the work on one message may look at beside the draft. */
export interface Setting {
  media: readonly LocalMedia[];
  random: () => number;
  language: Language;
}

/** What an edit may look at beside the draft. */
export interface World extends Setting {
  /**
   * The draft as the person saw it. "The second photo" counts in this one, also after an earlier part of the message
   * has removed the first.
   */
  seen: LocalDraft;
}

export type Picture = LocalSegment<PictureMeta>;
export type Sound = LocalSegment<SoundMeta>;
export type Words = LocalSegment<TextMeta>;

/** The track that fills the frame. */
export const baseTrack = (draft: LocalDraft): LocalVideoTrack | undefined =>
  draft.t.find((track): track is LocalVideoTrack => track.tt === 0 && track.m.role !== 'overlay');

/** The pictures that fill the frame, in order. The array of the draft itself. */
export const picturesIn = (draft: LocalDraft): Picture[] => baseTrack(draft)?.sg ?? [];

/** Puts these pictures in the place of all. */
export function setPictures(draft: LocalDraft, pictures: Picture[]): void {
  const base = baseTrack(draft);
  if (base) base.sg = pictures;
}

const isLogoTrack = (track: LocalDraft['t'][number]): track is LocalVideoTrack =>
  track.tt === 0 && track.m.role === 'overlay' && track.sg.some(({ m }) => m.role === 'logo');

/** The logo, where there is one. */
export const logoIn = (draft: LocalDraft): Picture | undefined => draft.t.find(isLogoTrack)?.sg[0];

const isMusic = (track: LocalDraft['t'][number]): track is LocalAudioTrack => track.tt === 1;

/** The pieces of the music, in order: an upload shorter than the video is played again. */
export const soundsIn = (draft: LocalDraft): Sound[] => draft.t.find(isMusic)?.sg ?? [];

const isWords = (track: LocalDraft['t'][number]): track is LocalTextTrack => track.tt === 7;

/** Every text of every text track. */
export const wordsIn = (draft: LocalDraft): Words[] => draft.t.filter(isWords).flatMap((track) => track.sg);

/** Where a text stands. */
export const placeOf = (words: Words): 'top' | 'center' | 'bottom' =>
  words.m.position ?? (words.m.role === 'caption' ? 'bottom' : 'center');

/** What pictures are called, in order. */
export const namesOf = (pictures: readonly Picture[]): string[] => pictures.map(({ m }) => m.name);

/** Where a segment ends, in ms. */
export const endOf = (segment: { s: number; d: number }): number => segment.s + segment.d;

/** A new id that no track or segment of the draft has. Random, so that the id of a removed part does not come back. */
export function newId(prefix: string, draft: LocalDraft, random: () => number): string {
  const taken = new Set(draft.t.flatMap((track) => [track.id, ...track.sg.map(({ id }) => id)]));
  const stem = Math.floor(random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  for (let turn = 0; ; turn++) {
    const id = `${prefix}-${stem}${turn === 0 ? '' : turn}`;
    if (!taken.has(id)) return id;
  }
}

/** Puts a text on the text track, in the order of time; makes the track when there is none. */
export function addWords(draft: LocalDraft, words: Words): void {
  const track = draft.t.find(isWords);
  if (!track) {
    draft.t.push({ tt: 7, id: 'text', m: { name: 'Text' }, sg: [words] });
    return;
  }
  track.sg.push(words);
  track.sg.sort((a, b) => a.s - b.s);
}

/** Leaves only the texts that pass. */
export function filterWords(draft: LocalDraft, keep: (words: Words) => boolean): void {
  for (const track of draft.t.filter(isWords)) track.sg = track.sg.filter(keep);
}

/** Puts these pieces in the place of all music. An empty list takes the track away. */
export function setSounds(draft: LocalDraft, sounds: Sound[]): void {
  const track = draft.t.find(isMusic);
  if (track) track.sg = sounds;
  else if (sounds.length > 0) draft.t.push({ tt: 1, id: 'music', m: { name: 'Music' }, sg: sounds });
  dropEmptyTracks(draft);
}

/** Puts this logo in the place of any other; undefined takes it away. */
export function setLogo(draft: LocalDraft, logo: Picture | undefined): void {
  draft.t = draft.t.filter((track) => !isLogoTrack(track));
  if (!logo) return;
  const base = draft.t.findIndex((track) => track.tt === 0 && track.m.role !== 'overlay');
  draft.t.splice(base + 1, 0, { tt: 0, id: 'logo', m: { name: 'Logo', role: 'overlay' }, sg: [logo] });
}

/** Takes away tracks that hold nothing, except the base. */
export function dropEmptyTracks(draft: LocalDraft): void {
  const base = baseTrack(draft);
  draft.t = draft.t.filter((track) => track === base || track.sg.length > 0);
}
