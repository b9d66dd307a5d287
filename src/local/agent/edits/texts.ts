import type { LocalDraft } from '../../dialect.js';
import type { Request, TextLook } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { STOCK } from '../wording/stock.js';
import { captionThese } from './captions.js';
import { pickPlaces } from './pick.js';
import { changesOf, restyled } from './text-look.js';
import { makeRoom } from './text-space.js';
import { findWords } from './text-targets.js';
import { placeFor, placesFor, retimed, timeFor, timeOver } from './text-times.js';
import { addWords, endOf, filterWords, newId, placeOf, type Words, type World } from './tracks.js';

/** Edits of words on the picture. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

/** Puts a new text at its place, or says that there is no room. */
function lay(draft: LocalDraft, words: Words, look: TextLook): Outcome {
  const time = { s: words.s, d: words.d };
  const place = look.place ?? placeFor(draft, words.m.role, time) ?? placesFor(words.m.role)[0] ?? 'center';
  if (!makeRoom(draft, place, time)) return { refused: { say: 'noRoom', text: words.m.text } };
  words.m.position = place;
  restyled(words.m, look);
  addWords(draft, words);
  if (words.m.role === 'title') draft.m.title = words.m.text;
  return { done: { say: 'wrote', text: words.m.text, from: words.s, to: endOf(words) } };
}

export function write(draft: LocalDraft, request: Of<'write'>, world: World): Outcome {
  const { role, look, timing } = request;
  // A video has one title and one closing call: a new one takes the place of the old.
  const elsewhere = request.text !== undefined && (timing.over || timing.span);
  const only = (role === 'title' && !elsewhere) || role === 'cta';
  const target = { role, plural: false, raw: '' };
  const text = request.text ?? ownWords(draft, role, world);
  if (only && !('refused' in findWords(draft, target, world))) {
    return restyle(
      draft,
      { do: 'restyle', target, ...(text !== undefined && { text }), look, timing },
      world,
    );
  }
  const over = pickPlaces(draft, timing.over ?? [], world);
  if ('refused' in over) return over;
  if (role === 'caption' && over.found.length > 0) return captionThese(draft, request, over.found, world);
  if (text === undefined) return { refused: { say: 'whatWords', words: '' } };
  const words = (time: { s: number; d: number }): Words => ({
    id: newId('text', draft, world.random),
    ...time,
    m: { text, role: role === 'title' || role === 'caption' ? role : 'overlay' },
  });
  if (over.found.length > 0 && !timing.span) {
    const put = over.found.map((picture) =>
      lay(draft, words(timeOver(draft, picture, timing.lasting)), look),
    );
    const refused = put.find((outcome) => 'refused' in outcome);
    const several: Outcome = { done: { say: 'wroteOver', text, count: put.length } };
    return refused ?? (put.length > 1 ? several : (put[0] ?? several));
  }
  const time = timeFor(draft, role, timing, look.place);
  return 'refused' in time ? time : lay(draft, words(time), look);
}

/** A title and a closing line can be found without being told; other words can't. */
function ownWords(draft: LocalDraft, role: Of<'write'>['role'], world: World): string | undefined {
  if (role === 'title') return draft.m.title;
  return role === 'cta' ? STOCK[world.language].closing.promo : undefined;
}

export function restyle(draft: LocalDraft, request: Of<'restyle'>, world: World): Outcome {
  const { target, text, look, timing } = request;
  const picked = findWords(draft, target, world);
  if ('refused' in picked) {
    const named = target.role !== 'any' && target.which === undefined && picked.refused.say === 'noText';
    const { over } = target;
    return text !== undefined && named
      ? write(
          draft,
          { do: 'write', role: target.role, text, look, timing: { ...timing, ...(over && { over }) } },
          world,
        )
      : picked;
  }
  const { found } = picked;
  if (text !== undefined && found.length > 1 && !(target.over || target.role === 'title')) {
    return { refused: { say: 'whichOne', have: found.length, kind: 'text' } };
  }
  const before = JSON.stringify(draft);
  const was = found[0]?.m.text ?? '';
  for (const words of found) {
    const time = retimed(draft, words, timing, world);
    if ('refused' in time) return time;
    // A text that was not asked to stay where it is may step aside.
    const place = look.place ?? placeFor(draft, words.m.role, time, words) ?? placeOf(words);
    if (!makeRoom(draft, place, time, words)) return { refused: { say: 'noRoom', text: words.m.text } };
    Object.assign(words, time);
    if (place !== placeOf(words)) words.m.position = place;
    restyled(words.m, look);
    if (text === undefined) continue;
    words.m.text = text;
    if (words.m.role === 'title') draft.m.title = text;
  }
  if (JSON.stringify(draft) === before) return { refused: { say: 'alreadySo', words: was } };
  if (text !== undefined) return { done: { say: 'rewrote', was, now: text } };
  return { done: { say: 'restyled', texts: found.map(({ m }) => m.text), changes: changesOf(look, timing) } };
}

export function unwrite(draft: LocalDraft, { target }: Of<'unwrite'>, world: World): Outcome {
  const picked = findWords(draft, target, world);
  if ('refused' in picked) return picked;
  const { found } = picked;
  const all = target.plural || target.which !== undefined || target.over !== undefined;
  if (found.length > 1 && !all && target.role !== 'title' && target.saying === undefined) {
    return { refused: { say: 'whichOne', have: found.length, kind: 'text' } };
  }
  filterWords(draft, (words) => !found.includes(words));
  return { done: { say: 'removedTexts', texts: found.map(({ m }) => m.text) } };
}
