import type { LocalDraft } from '../../dialect.js';
import type { Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { shorten } from '../wording/shorten.js';
import { insertAt } from './destination.js';
import { newId, type Picture, picturesIn, type World } from './tracks.js';

/** Scenes that are drawn instead of filmed: this backend's stand-in for a generated clip. */

/** How long a generated clip is when nothing says so, in ms. */
const CLIP_MS = 5000;
const LONGEST_WORDS = 120;

/** A scene of these words; `number` tells scenes of the same words apart, so that each looks different. */
export function sceneOf(
  draft: LocalDraft,
  words: string,
  number: number,
  ms: number,
  random: () => number,
): Picture {
  const short = shorten(words, LONGEST_WORDS);
  return {
    id: newId('pic', draft, random),
    s: 0,
    d: ms,
    m: { name: short, src: `local:scene/${number}?words=${encodeURIComponent(short)}`, kind: 'scene' },
  };
}

export function generate(
  draft: LocalDraft,
  { words, to, ms }: Extract<Request, { do: 'generate' }>,
  world: World,
): Outcome {
  const number = picturesIn(draft).filter(({ m }) => m.kind === 'scene').length + 1;
  const scene = sceneOf(draft, words, number, ms ?? CLIP_MS, world.random);
  const index = insertAt(draft, [scene], to ?? { at: 'end' }, world);
  if (typeof index !== 'number') return index;
  return { done: { say: 'generated', words: scene.m.name, place: index + 1 }, generated: 1 };
}
