/**
 * One operation on a big draft: `client.mjs <operation>`. Prints the CPU time of the median repetition after a warm-up, and
 * of the first, which is what a process that reads one draft pays, as JSON.
 */
import {
  decodeDraft,
  diffTimelines,
  encodeDraft,
  parseExact,
  stringifyExact,
  Timeline,
  timelineANSI,
  timelineSVG,
} from '../../src/index.js';
import { draftText } from '../inputs.js';
import { median } from '../median.js';

const SEGMENTS = 10_000;
const text = draftText({ segments: SEGMENTS });
const timelineOf = (json: string): Timeline => new Timeline(decodeDraft(JSON.parse(json)));

/** Each makes its inputs once, and returns what is measured. */
const OPERATIONS: Readonly<Record<string, () => () => unknown>> = {
  floor: () => () => JSON.parse(text),
  'parse exactly': () => () => parseExact(text),
  'parse exactly, with long ids': () => {
    const long = text.replace(/"width":4032/g, '"width":1234567890123456789');
    return () => parseExact(long);
  },
  'parse + decode': () => () => decodeDraft(JSON.parse(text)),
  'parse exactly + decode': () => () => decodeDraft(parseExact(text)),
  'encode + write': () => {
    const draft = decodeDraft(JSON.parse(text));
    return () => stringifyExact(encodeDraft(draft));
  },
  'diff: 12 edits': () => {
    const [a, b] = [timelineOf(text), timelineOf(draftText({ segments: SEGMENTS, edits: 12 }))];
    return () => diffTimelines(a, b);
  },
  'diff: all moved, no ids': () => {
    const options = { segments: SEGMENTS, hasIds: false };
    const [a, b] = [timelineOf(draftText(options)), timelineOf(draftText({ ...options, laterMs: 500 }))];
    return () => diffTimelines(a, b);
  },
  SVG: () => {
    const timeline = timelineOf(text);
    return () => timelineSVG(timeline);
  },
  'ANSI of 100,000 segments': () => {
    const timeline = timelineOf(draftText({ segments: 100_000 }));
    return () => timelineANSI(timeline);
  },
  'diff of 2,000 renamed tracks': () => {
    const tracks = (first: number): Timeline =>
      new Timeline(
        decodeDraft({
          t: Array.from({ length: 2000 }, (_, track) => ({
            tt: 0,
            sg: [
              { d: 1000, m: { name: `clip ${track + first}` } },
              { d: 1000, m: { name: 'the same' } },
            ],
          })),
        }),
      );
    const [a, b] = [tracks(0), tracks(1)];
    return () => diffTimelines(a, b);
  },
};

function cpuOf(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

const operation = OPERATIONS[process.argv[2] ?? '']?.();
if (operation === undefined) throw new Error(`There is no operation ${JSON.stringify(process.argv[2])}.`);
const first = cpuOf(operation);
for (let round = 0; round < 5; round += 1) operation();
console.log(
  JSON.stringify({
    'CPU ms': median(Array.from({ length: 15 }, () => cpuOf(operation))),
    'first, CPU ms': first,
  }),
);
