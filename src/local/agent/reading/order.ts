import type { Thing } from '../language/thing.js';
import { ofKind } from '../language/token.js';
import type { Clause } from './clause.js';
import type { Request } from './request.js';

/** Reads the order in which pictures are to come. */
export function orderOf(clause: Clause): Request[] {
  if (clause.verb === 'reverse') return [{ do: 'order', by: 'reverse' }];
  if (clause.verb === 'shuffle') return [{ do: 'order', by: 'shuffle' }];
  const named = clause.things.filter(
    (thing) => thing.file !== undefined || thing.which !== undefined || thing.noun === 'unknown',
  );
  const order = clause.things.some(({ noun }) => noun === 'order') || clause.verb === 'sort';
  const names =
    clause.things.some(({ noun }) => noun === 'filename') || /\b(?:names?|alphabetical)/i.test(clause.words);
  if (!order) return [];
  if (/\brevers|\bbackward|倒|逆|反/i.test(clause.words)) return [{ do: 'order', by: 'reverse' }];
  if (/\brandom|\bshuffl|随机|打乱/i.test(clause.words)) return [{ do: 'order', by: 'shuffle' }];
  if (names || (clause.verb === 'sort' && /名|name/i.test(clause.words)))
    return [{ do: 'order', by: 'name' }];
  const numbers = ofKind(clause.tokens, 'number').map(({ value }) => value);
  if (named.length === 0 && numbers.length > 1) {
    const list: Thing = {
      noun: 'segment',
      role: 'object',
      which: numbers,
      words: [],
      plural: true,
      implicit: true,
      joined: false,
      raw: '',
      tokens: [],
    };
    return [{ do: 'order', by: 'list', list: [list] }];
  }
  const many = named.length > 1 || named.some(({ which }) => Array.isArray(which) && which.length > 1);
  return many ? [{ do: 'order', by: 'list', list: named }] : [];
}
