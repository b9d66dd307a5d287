/**
 * What a draft of 10,000 segments (2.8 MB of JSON) takes to read, write, compare and draw. Limits, of JSON.parse: × 1.3 to
 * decode, × 1.9 with the gate for long numbers; of decoding: × 2 to compare; 150 ms for the SVG; 1 s for the ANSI picture of
 * 100,000 segments.
 *
 * `tsx bench/draft.ts [--runs 5] [--nodes 20,24] [--only SVG]`
 */
import { built, compare, requested } from './harness.js';

const { runs, nodes, only } = requested({});
const all = [
  'floor',
  'parse exactly',
  'parse exactly, with long ids',
  'parse + decode',
  'parse exactly + decode',
  'encode + write',
  'diff: 12 edits',
  'diff: all moved, no ids',
  'SVG',
  'ANSI of 100,000 segments',
  'diff of 2,000 renamed tracks',
];
const contenders = all.filter((name) => only.length === 0 || only.includes(name) || name === 'floor');
const title = 'Draft of 10,000 segments; the floor is JSON.parse';
await compare({ title, program: await built('draft/client.ts'), contenders, args: [], runs, nodes });
