import type { LocalDraft } from '../../dialect.js';
import type { Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { captions } from './captions.js';
import * as logos from './logo.js';
import * as looks from './look.js';
import * as musics from './music.js';
import * as orders from './order.js';
import * as pictures from './pictures.js';
import { generate } from './scenes.js';
import { settle } from './settle.js';
import * as texts from './texts.js';
import * as timing from './timing.js';
import type { World } from './tracks.js';

/** Does one thing to a draft that it may change. */
function perform(draft: LocalDraft, request: Request, world: World): Outcome {
  switch (request.do) {
    case 'say':
      return { refused: request.said };
    case 'remove':
      return pictures.remove(draft, request, world);
    case 'keep':
      return pictures.keep(draft, request, world);
    case 'move':
      return orders.move(draft, request, world);
    case 'swap':
      return orders.swap(draft, request, world);
    case 'replace':
      return pictures.replace(draft, request, world);
    case 'insert':
      return pictures.insert(draft, request, world);
    case 'duplicate':
      return pictures.duplicate(draft, request, world);
    case 'order':
      return orders.order(draft, request, world);
    case 'generate':
      return generate(draft, request, world);
    case 'trim':
      return timing.trim(draft, request, world);
    case 'length':
      return timing.length(draft, request, world);
    case 'total':
      return timing.total(draft, request, world);
    case 'speed':
      return timing.speed(draft, request, world);
    case 'aspect':
      return looks.aspect(draft, request);
    case 'fps':
      return looks.fps(draft, request);
    case 'transition':
      return looks.transition(draft, request, world);
    case 'motion':
      return looks.motion(draft, request, world);
    case 'write':
      return texts.write(draft, request, world);
    case 'captions':
      return captions(draft, request, world);
    case 'restyle':
      return texts.restyle(draft, request, world);
    case 'unwrite':
      return texts.unwrite(draft, request, world);
    case 'music':
      return musics.music(draft, request, world);
    case 'silence':
      return musics.silence(draft, request);
    case 'sound':
      return musics.sound(draft, request, world);
    case 'logo':
      return logos.logo(draft, request, world);
    case 'unlogo':
      return logos.unlogo(draft);
  }
}

/** The draft after a request, everything in line again; the draft as it was where the request can't be met. */
export function apply(
  draft: LocalDraft,
  request: Request,
  world: World,
): { draft: LocalDraft; outcome: Outcome } {
  const copy = structuredClone(draft);
  const outcome = perform(copy, request, world);
  if ('refused' in outcome) return { draft, outcome };
  settle(copy, draft, world, outcome.stretch);
  return { draft: copy, outcome };
}
