import type { Corner, LocalDraft, LocalMedia } from '../../dialect.js';
import type { LogoRequest } from '../reading/request.js';
import type { LogoChange, Outcome } from '../replies/facts.js';
import { isLogoName } from '../wording/file-names.js';
import { applied } from './timing.js';
import { logoIn, newId, type Picture, picturesIn, setLogo, type World } from './tracks.js';

/** Edits of the logo. */

/** A logo's width as a part of the frame's shorter side, and the corner it stands in when nothing says otherwise. */
const LOGO = { scale: 0.16, least: 0.04, most: 0.6, position: 'top-right' } as const;

/** The upload that is a logo by its name; the last one, for a better one is uploaded later. */
export const logoFile = (media: readonly LocalMedia[]): LocalMedia | undefined =>
  media.findLast(({ kind, name }) => kind === 'image' && isLogoName(name));

function cornerOf(request: LogoRequest, old: Corner): Corner | undefined {
  if (request.v === 'center' || request.h === 'center') return undefined;
  const top = request.v ? request.v === 'top' : old.startsWith('top');
  const left = request.h ? request.h === 'left' : old.endsWith('left');
  return top ? (left ? 'top-left' : 'top-right') : left ? 'bottom-left' : 'bottom-right';
}

function timesOf({ span, edge }: LogoRequest, draft: LocalDraft): { s: number; d: number } | undefined {
  const last = picturesIn(draft).at(-1);
  if (edge === 'end' && last) return { s: last.s, d: last.d };
  if (edge === 'start') return { s: 0, d: picturesIn(draft)[0]?.d ?? draft.d };
  if (!span) return undefined;
  if (span.whole) return { s: 0, d: draft.d };
  if (span.for !== undefined) {
    const d = Math.min(span.for, draft.d);
    return { s: span.edge === 'last' ? draft.d - d : 0, d };
  }
  const s = span.from ?? 0;
  return { s, d: Math.min(span.to ?? draft.d, draft.d) - s };
}

/** A logo over the whole video, in its usual corner. */
export const newLogo = (draft: LocalDraft, file: LocalMedia, random: () => number): Picture => ({
  id: newId('logo', draft, random),
  s: 0,
  d: draft.d,
  m: {
    name: file.name,
    src: file.url,
    kind: 'image',
    role: 'logo',
    motion: 'none',
    position: LOGO.position,
    scale: LOGO.scale,
  },
});

export function logo(draft: LocalDraft, request: LogoRequest, world: World): Outcome {
  if (request.file === null) return { refused: { say: 'noSuchFile', name: request.fileName ?? '' } };
  if (request.file && request.file.kind !== 'image')
    return { refused: { say: 'notAPicture', name: request.file.name } };
  const old = logoIn(draft);
  const file = request.file ?? (old ? undefined : logoFile(world.media));
  if (!old && !file) return { refused: { say: request.size?.times !== undefined ? 'noLogo' : 'noLogoFile' } };
  const now = old ?? (file ? newLogo(draft, file, world.random) : undefined);
  if (!now) return { refused: { say: 'noLogo' } };
  const changes: LogoChange[] = [];
  const before = JSON.stringify(now);
  if (file && old) Object.assign(now.m, { name: file.name, src: file.url });
  if (request.v || request.h) {
    const corner = cornerOf(request, now.m.position ?? LOGO.position);
    if (!corner) return { refused: { say: 'noScreenSide', words: 'center' } };
    now.m.position = corner;
    changes.push('place');
  }
  if (request.size) {
    const scale = applied(request.size, now.m.scale ?? LOGO.scale);
    now.m.scale = Math.round(Math.min(Math.max(scale, LOGO.least), LOGO.most) * 1000) / 1000;
    changes.push('size');
  }
  if (request.opacity !== undefined) {
    now.m.opacity = request.opacity;
    changes.push('opacity');
  }
  const times = timesOf(request, draft);
  if (times) {
    if (times.d < 1 || times.s >= draft.d) return { refused: { say: 'outside', ms: draft.d } };
    Object.assign(now, times);
    changes.push('times');
  }
  if (!old || (file && changes.length === 0)) {
    setLogo(draft, now);
    return { done: { say: 'logo', name: now.m.name, corner: now.m.position ?? LOGO.position } };
  }
  if (JSON.stringify(now) === before) return { refused: { say: 'alreadySo', words: 'logo' } };
  return { done: { say: 'logoChanged', changes } };
}

export function unlogo(draft: LocalDraft): Outcome {
  if (!logoIn(draft)) return { refused: { say: 'noLogo' } };
  setLogo(draft, undefined);
  return { done: { say: 'removedLogo' } };
}
