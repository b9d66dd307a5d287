import { has } from '../language/token.js';
import { compareOf, mine, timesOf } from './amounts.js';
import { type Clause, strange, topicOf } from './clause.js';
import type { Request } from './request.js';

/** Reads what is asked about the logo: where it stands, how large, when, how see-through, which file. */
export function readLogo(clause: Clause): Request[] {
  const named = clause.things.some((thing) => thing.noun === 'logo' && thing.role !== 'on');
  const topic = topicOf(clause.before);
  const goesOn = topic?.subject === 'logo' && clause.objects.every(({ noun }) => noun === 'pronoun');
  if (!named && !goesOn) return [];
  if (clause.verb === 'keep') return [{ do: 'say', said: { say: 'leftAlone', words: clause.words } }];
  if (clause.verb === 'remove' || has(clause.tokens, 'not', 'none')) return [{ do: 'unlogo' }];
  const file = clause.things.find((thing) => thing.file !== undefined && thing.file?.kind !== 'audio');
  const v = mine(clause, 'place', ['logo']).find(({ value }) => value.v)?.value.v;
  const h = mine(clause, 'place', ['logo']).find(({ value }) => value.h)?.value.h;
  const percent = mine(clause, 'percent', ['logo'])[0]?.value;
  const seeThrough = mine(clause, 'axis', ['logo']).some(({ value }) => value === 'opacity');
  const by = compareOf(clause, ['amount', 'size'], ['logo']);
  const times = timesOf(clause, by);
  const span = mine(clause, 'span', ['logo'])[0]?.value;
  const edge = mine(clause, 'edge', ['logo'])[0]?.value;
  const size = seeThrough
    ? undefined
    : times !== undefined && percent === undefined
      ? { times }
      : sizeFrom(percent, by, times);
  const look = {
    ...(file?.file !== undefined && { file: file.file, fileName: file.raw }),
    ...(v !== undefined && { v }),
    ...(h !== undefined && { h }),
    ...(size !== undefined && { size }),
    ...(seeThrough && { opacity: percent ?? 0.5 }),
    ...(span !== undefined && { span }),
    ...(edge !== undefined && { edge }),
  };
  if (Object.keys(look).length === 0 && (!named || strange(clause))) return [];
  return [{ do: 'logo', ...look }];
}

/** "20% bigger" changes the size, "at 20%" is the size: a part of the frame's shorter side. */
function sizeFrom(
  percent: number | undefined,
  by: 1 | -1 | undefined,
  times: number | undefined,
): { to: number } | { times: number } | undefined {
  if (percent === undefined) return undefined;
  return by !== undefined && times !== undefined ? { times } : { to: percent };
}
