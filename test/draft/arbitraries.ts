import fc from 'fast-check';
import { DRAFT_KEYS } from '../../src/draft/index.js';

/*
 * Drafts as text: an object literal cannot have an own key named `__proto__`, the service's JSON can.
 */

/** Keys that mean something somewhere, that mean something to JavaScript, and any others. */
const key = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...Object.values(DRAFT_KEYS).flat(),
      't',
      'tt',
      'sg',
      'd',
      'm',
      'title',
      'width',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '0',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

const number = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 1e308, -1e308, 5e-324, Number.MAX_SAFE_INTEGER, 2 ** 60),
);

/** Numbers that JavaScript rounds: ids of 19 digits, long fractions, powers beyond a double. */
const longNumber = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
    fc.constantFrom('', '.12345678901234567891', 'e7', 'e400', 'e-400'),
  )
  .map(([integer, rest]) => `${integer}${rest}`);

const numberText = fc.oneof(
  { weight: 3, arbitrary: number.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: longNumber },
);

/** A number, or a string that spells one. */
const spelled = fc.oneof(
  numberText,
  number.map((value) => JSON.stringify(String(value))),
  fc.constant('" 12 "'),
);

const leaf = fc.oneof(
  numberText,
  spelled,
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('null', 'true', 'false', '""', '[]', '{}'),
);

const list = (items: readonly string[]): string => `[${items.join(',')}]`;

const object = (entries: readonly (readonly [string, string])[]): string =>
  `{${[...new Map(entries)].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;

const any = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'any' },
    leaf,
    fc.array(tie('value'), { maxLength: 2, depthIdentifier: 'any' }).map(list),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 2, depthIdentifier: 'any' }).map(object),
  ),
})).value;

const unknownEntries = fc.array(fc.tuple(key, any), { maxLength: 3 });

/** An object with anything in it, and `own` entries last, so that they win. */
const node = (own: fc.Arbitrary<readonly (readonly [string, string] | undefined)[]>): fc.Arbitrary<string> =>
  fc
    .tuple(unknownEntries, own)
    .map(([entries, known]) => object([...entries, ...known.filter((entry) => entry !== undefined)]));

const entry = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, string]> =>
  value.map((text) => [name, text] as const);

const duration = entry(
  'd',
  fc.oneof({ weight: 5, arbitrary: spelled }, { weight: 1, arbitrary: fc.constant('null') }),
);
const meta = fc.option(
  entry('m', fc.oneof({ weight: 4, arbitrary: unknownEntries.map(object) }, { weight: 1, arbitrary: any })),
  {
    nil: undefined,
  },
);

const segment = node(fc.tuple(duration, meta));

const lists = (name: string, item: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, string]> =>
  entry(
    name,
    fc.oneof(
      { weight: 5, arbitrary: fc.array(item, { maxLength: 3 }).map(list) },
      { weight: 1, arbitrary: fc.constant('null') },
    ),
  );

const track = node(
  fc.tuple(
    lists('sg', segment),
    meta,
    fc.option(entry('tt', fc.oneof(fc.constantFrom('0', '1', '7', '"7"', '5'), any)), { nil: undefined }),
  ),
);

/** The text of any JSON that can be a draft. */
export const draftText = node(fc.tuple(lists('t', track), duration, meta));

/** The text of any JSON. */
export const anyText = any;
