import type { LocalDraft } from '../../dialect.js';
import { apply } from '../edits/apply.js';
import { logoFile, newLogo } from '../edits/logo.js';
import { MUSIC, synthesised, usualVolume } from '../edits/music.js';
import { layMusic } from '../edits/music-length.js';
import { endOf, logoIn, type Setting, setLogo, type World, wordsIn } from '../edits/tracks.js';
import type { Request } from '../reading/request.js';
import type { Said } from '../replies/facts.js';
import type { Brief } from './brief.js';
import { closingFor, titleFor } from './words.js';

/** The second stage of a new video: logo, music, and words over the pictures. */

/** A video shorter than this has no time for a closing call beside the title, in ms. */
const SHORTEST_WITH_CLOSING = 6000;

/** A title that begins sooner opens the video: other words wait for it. In ms. */
const AT_START = 1000;

type Write = Extract<Request, { do: 'write' }>;

const PLAIN = { look: {}, timing: {} } as const;

/** Overlays without a time are shown one after the other, evenly over the video, between the title and the end. */
function spreadOut(requests: readonly Request[], draft: LocalDraft): Request[] {
  const loose = requests.filter((request): request is Write => request.do === 'write' && isLoose(request));
  const title = wordsIn(draft).find(({ s, m }) => m.role === 'title' && s < AT_START);
  const from = title ? endOf(title) + 300 : 400;
  const slot = (draft.d - 400 - from) / Math.max(loose.length, 1);
  if (slot < 700) return [...requests];
  return requests.map((request) => {
    const nth = request.do === 'write' ? loose.indexOf(request) : -1;
    if (request.do !== 'write' || nth < 0) return request;
    const start = Math.round(from + nth * slot);
    const span = { from: start, to: Math.round(start + Math.min(slot - 200, 4000)) };
    return { ...request, timing: { ...request.timing, span } };
  });
}

const isLoose = ({ role, timing }: Write): boolean =>
  role === 'any' && timing.span === undefined && timing.edge === undefined && timing.over === undefined;

/** What the brief leaves to taste, as requests like any other: first the title, then what may find its place taken. */
function ownTexts(brief: Brief, draft: LocalDraft, setting: Setting): { title: Request[]; rest: Request[] } {
  if (brief.texts === 'none') return { title: [], rest: [] };
  // A title of the person's own has its own time and place: ours beside it would be the same words twice.
  const title: Write[] = brief.over.some(isTitle)
    ? []
    : [{ do: 'write', role: 'title', text: titleFor(brief, setting), ...PLAIN }];
  if (brief.texts === 'title') return { title, rest: [] };
  const [look = {}] = brief.over.flatMap((request) =>
    request.do === 'captions' && isFromNames(request) ? request.look : [],
  );
  const closing: Write = { do: 'write', role: 'cta', text: closingFor(brief, setting), ...PLAIN };
  const captions: Request = { do: 'captions', from: 'names', look };
  return { title, rest: draft.d >= SHORTEST_WITH_CLOSING ? [closing, captions] : [captions] };
}

const isWriting = (request: Request): boolean => request.do === 'write' || request.do === 'captions';

/** A title with its words. */
const isTitle = (request: Request): boolean =>
  (request.do === 'write' && request.role === 'title' && request.text !== undefined) ||
  (request.do === 'restyle' && request.target.role === 'title' && request.text !== undefined);

const isFromNames = (request: Request): boolean => request.do === 'captions' && request.from === 'names';

function addMusic(draft: LocalDraft, brief: Brief, setting: Setting): void {
  const own = setting.media.find(({ kind }) => kind === 'audio');
  const source = own
    ? { name: own.name, src: own.url }
    : synthesised(brief.promo || brief.fast ? 'upbeat' : MUSIC.style);
  const { fadeIn, fadeOut } = MUSIC;
  layMusic(draft, { ...source, volume: usualVolume(draft), fadeIn, fadeOut }, 0, draft.d, setting);
}

/** What came of several requests. */
export interface Met {
  draft: LocalDraft;
  refused: Said[];
  /** Clips generated. */
  generated: number;
}

/** Meets requests one after the other; what can't be met is said. */
export function meet(draft: LocalDraft, requests: readonly Request[], setting: Setting): Met {
  const world: World = { ...setting, seen: draft };
  let now = draft;
  let generated = 0;
  const refused: Said[] = [];
  for (const request of requests) {
    const { draft: next, outcome } = apply(now, request, world);
    now = next;
    if ('refused' in outcome && outcome.refused.say !== 'alreadySo') refused.push(outcome.refused);
    if ('done' in outcome) generated += outcome.generated ?? 0;
  }
  return { draft: now, refused, generated };
}

/** Lays everything over the pictures: ours first where it makes room for what was asked for, last where it must find some. */
export function furnish(
  pictures: LocalDraft,
  brief: Brief,
  setting: Setting,
): { draft: LocalDraft; refused: Said[] } {
  const draft = structuredClone(pictures);
  draft.m.title = titleFor(brief, setting);
  const file = logoFile(setting.media);
  if (brief.logo && file) setLogo(draft, newLogo(draft, file, setting.random));
  if (brief.music) addMusic(draft, brief, setting);
  // "No music", "no text", "no logo" and captions are met by what is laid, and need no edit.
  const asked = brief.over.filter(
    (request) =>
      request.do !== 'silence' &&
      request.do !== 'unlogo' &&
      request.do !== 'unwrite' &&
      !isFromNames(request),
  );
  const titles = asked.filter(isTitle);
  const writing = asked.filter((request) => isWriting(request) && !isTitle(request));
  const changing = asked.filter((request) => !isWriting(request) && !isTitle(request));
  const own = ownTexts(brief, draft, setting);
  const titled = meet(draft, [...own.title, ...titles], setting);
  const written = meet(titled.draft, spreadOut(writing, titled.draft), setting);
  // What nobody asked for by name is left out where it finds no room.
  const filled = meet(written.draft, own.rest, setting);
  const changed = meet(filled.draft, changing, setting);
  const refused = [...titled.refused, ...written.refused, ...changed.refused].filter(
    (said) => said.say !== 'noLogoFile' || !logoIn(draft),
  );
  return { draft: changed.draft, refused };
}
