import type { Thing } from './thing.js';
import { has, type Token } from './token.js';

/** What a thing is can depend on the things beside it. These passes settle that once all of a clause are gathered. */

const WORDINGS: readonly Thing['noun'][] = ['title', 'caption', 'text', 'cta'];

/** "the first and second photos", "the second photo and the third": an ordinal alone borrows its neighbour's noun. */
export function borrowNouns(things: Thing[]): void {
  for (const [index, thing] of things.entries()) {
    if (!thing.implicit) continue;
    const neighbour = [things[index + 1], things[index - 1]].find(
      (other) =>
        other !== undefined && !other.implicit && other.which !== undefined && other.noun !== 'unknown',
    );
    if (neighbour) thing.noun = neighbour.noun;
  }
}

/** "A video of beach.jpg", "from the first two photos make a film": what a video is made of is no place in it. */
export function takeMaterial(things: readonly Thing[], tokens: readonly Token[]): void {
  const makes = has(tokens, 'verb', 'make', 'create', 'add', 'use', 'turn', 'take') || !has(tokens, 'verb');
  if (!makes || !things.some(({ noun, role }) => noun === 'video' && role !== 'on')) return;
  for (const [index, thing] of things.entries()) {
    const prep = thing.prep?.toLowerCase();
    const owner = things[index - 1]?.noun;
    // "the caption of the second photo"
    const ofWords = owner !== undefined && WORDINGS.includes(owner);
    if (thing.role === 'on' && (prep === 'from' || (prep === 'of' && !ofWords))) thing.role = 'with';
  }
}

/** 第一张和第二张的字幕, "the first and second photo's captions": what is joined to an owner owns as well. */
export function shareOwners(things: readonly Thing[]): void {
  for (const [index, thing] of [...things.entries()].reverse()) {
    const before = things[index - 1];
    if (!before || !thing.joined || thing.role !== 'on' || !/^(?:的|s)$/i.test(thing.prep ?? '')) continue;
    if (before.role === 'object' && before.which !== undefined && (before.implicit || thing.prep === '的'))
      Object.assign(before, { role: 'on', prep: thing.prep });
  }
}
