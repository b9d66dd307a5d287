import { type AgentPlan, planMessage } from '../../../src/local/agent/index.js';
import type {
  LocalDraft,
  LocalMedia,
  LocalSegment,
  PictureMeta,
  SoundMeta,
  TextMeta,
} from '../../../src/local/dialect.js';

/** An upload as the backend would describe it. */
export const upload = (
  name: string,
  kind: LocalMedia['kind'] = 'image',
  durationMs?: number,
): LocalMedia => ({
  name,
  kind,
  url: `https://cdn.test/${name}`,
  path: `/uploads/${name}`,
  bytes: 1000,
  ...(durationMs !== undefined && { durationMs }),
});

/** Five product photos with telling names and a logo. */
export const SHOP = [
  ...['01-red-mug.jpg', '02-blue-bowl.jpg', '03-linen-apron.jpg', '04-oak-board.jpg', '05-copper-pan.jpg'],
  'hearth-logo.png',
].map((name) => upload(name));

/** The names of the shop's photos, without the logo. */
export const PHOTOS = SHOP.slice(0, 5).map(({ name }) => name);

/** Two clips, a photo and a song. */
export const FILM = [
  upload('clip.mp4', 'video', 12_000),
  upload('beach.mov', 'video', 8_000),
  upload('IMG_1.jpg'),
  upload('song.mp3', 'audio', 9_000),
];

/** Numbers from 0 to 1 that repeat for one seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Never silent: every edit ends in words. */
export const talkative = (): (() => number) => {
  const random = seeded(1);
  return () => 0.3 + random() * 0.7;
};

/** What the agent makes of a message. */
export const ask = (
  message: string,
  {
    draft = null,
    media = SHOP,
    random = talkative(),
    language = 'en',
    credits,
  }: {
    draft?: LocalDraft | null;
    media?: readonly LocalMedia[];
    random?: () => number;
    language?: string;
    credits?: number;
  } = {},
): AgentPlan =>
  planMessage({ message, language, draft, media, random, ...(credits !== undefined && { credits }) });

/** The timeline that a plan leaves. */
export function draftOf(plan: AgentPlan): LocalDraft {
  const draft = plan.stages.at(-1)?.draft;
  if (!draft) throw new Error(`no draft: ${plan.reply}`);
  return draft;
}

/** A finished video of the uploads: 30 s, with music, title, captions, a closing line and, in the shop, the logo. */
export function made(media: readonly LocalMedia[] = SHOP): LocalDraft {
  const known = MADE.get(media);
  if (known) return known;
  const draft = draftOf(ask('create a 30-second promotional video with music and text overlays', { media }));
  MADE.set(media, draft);
  return draft;
}

/** Made once: no plan changes the draft that it is given. */
const MADE = new Map<readonly LocalMedia[], LocalDraft>();

/** What is left of a video after a message. */
export const edited = (message: string, media: readonly LocalMedia[] = SHOP): LocalDraft =>
  draftOf(ask(message, { draft: made(media), media }));

/** The pictures that fill the frame. */
export const pictures = (draft: LocalDraft): LocalSegment<PictureMeta>[] =>
  draft.t.flatMap((track) => (track.tt === 0 && track.m.role !== 'overlay' ? track.sg : []));

/** Their file names. */
export const names = (draft: LocalDraft): string[] => pictures(draft).map(({ m }) => m.name);

/** Their lengths in ms. */
export const lengths = (draft: LocalDraft): number[] => pictures(draft).map(({ d }) => d);

/** The logo, where there is one. */
export const logo = (draft: LocalDraft): LocalSegment<PictureMeta> | undefined =>
  draft.t.flatMap((track) => (track.tt === 0 && track.m.role === 'overlay' ? track.sg : []))[0];

/** All music. */
export const sounds = (draft: LocalDraft): LocalSegment<SoundMeta>[] =>
  draft.t.flatMap((track) => (track.tt === 1 ? track.sg : []));

/** All texts. */
export const texts = (draft: LocalDraft): LocalSegment<TextMeta>[] =>
  draft.t.flatMap((track) => (track.tt === 7 ? track.sg : []));

/** The text that says this. */
export function textSaying(draft: LocalDraft, text: string): LocalSegment<TextMeta> {
  const found = texts(draft).find(({ m }) => m.text === text);
  if (!found) throw new Error(`no text “${text}” among ${texts(draft).map(({ m }) => m.text)}`);
  return found;
}

/** Over which pictures, counted from 1, each text stands that says this; 0 for one that no picture holds. */
export const placesOf = (draft: LocalDraft, text: string): number[] =>
  texts(draft)
    .filter(({ m }) => m.text === text)
    .map(
      ({ s, d }) =>
        pictures(draft).findIndex((picture) => picture.s <= s && s + d <= picture.s + picture.d) + 1,
    );

/** The title. */
export function title(draft: LocalDraft): LocalSegment<TextMeta> {
  const found = texts(draft).find(({ m }) => m.role === 'title');
  if (!found) throw new Error('no title');
  return found;
}

/** The captions, in order. */
export const captions = (draft: LocalDraft): string[] =>
  texts(draft).flatMap(({ m }) => (m.role === 'caption' ? m.text : []));
