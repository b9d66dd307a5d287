/**
 * What reading a big timeline costs: 10,000 segments in 2.8 MB of JSON, every way in turn within one run, against
 * JSON.parse of the same text. `tsx bench/draft.ts [rounds]` prints CPU time, garbage collection and all, of
 * the best quarter of the rounds (other load on the machine only ever adds), its ratio to the floor, and the limits.
 */
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { decodeDraft, diffTimelines, encodeDraft, Timeline } from '../src/draft/index.js';
import { sampleDraft } from './draft/sample.js';

const SEGMENTS = 10_000;
const PARSE = 'JSON.parse';
const DECODE = 'JSON.parse + decodeDraft';

/** As strict as `decodeDraft`: structure and durations are checked, unknown keys are kept. */
const Meta = z.optional(z.looseObject({}));
const Segment = z.looseObject({ d: z.number(), s: z.optional(z.number()), m: Meta });
const Track = z.looseObject({ tt: z.number(), m: Meta, sg: z.array(Segment) });
const DraftSchema = z.looseObject({ t: z.array(Track), d: z.optional(z.number()), m: Meta });

type Way = readonly [name: string, run: () => unknown];

function ways(): readonly Way[] {
  const text = sampleDraft({ segments: SEGMENTS });
  const json: unknown = JSON.parse(text);
  const draft = decodeDraft(json);
  const timelineOf = (other: string): Timeline => new Timeline(decodeDraft(JSON.parse(other)));
  const timeline = timelineOf(text);
  const same = timelineOf(text);
  const edited = timelineOf(sampleDraft({ segments: SEGMENTS, isEdited: true }));
  const moved = timelineOf(sampleDraft({ segments: SEGMENTS, laterMs: 500 }));
  const nameless = timelineOf(sampleDraft({ segments: SEGMENTS, hasIds: false }));
  const namelessMoved = timelineOf(sampleDraft({ segments: SEGMENTS, hasIds: false, laterMs: 500 }));
  return [
    [PARSE, () => JSON.parse(text)],
    [DECODE, () => decodeDraft(JSON.parse(text))],
    ['JSON.parse + zod/mini', () => z.parse(DraftSchema, JSON.parse(text))],
    ['decodeDraft alone', () => decodeDraft(json)],
    ['new Timeline', () => new Timeline(draft)],
    ['toString', () => timeline.toString()],
    ['encodeDraft', () => encodeDraft(draft)],
    ['diff: nothing changed', () => diffTimelines(timeline, same)],
    ['diff: 12 edits', () => diffTimelines(timeline, edited)],
    ['diff: all moved', () => diffTimelines(timeline, moved)],
    ['diff: all moved, no ids', () => diffTimelines(nameless, namelessMoved)],
  ];
}

/** The median of the best quarter. */
function best(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 8)] ?? Number.NaN;
}

/** What one way took. */
export interface DraftTiming {
  readonly name: string;
  /** Of CPU time. */
  readonly ms: number;
  /** To `JSON.parse` of the same text. */
  readonly toParse: number;
  /** To `JSON.parse + decodeDraft`. */
  readonly toDecode: number;
}

/** Measures every way in turn, so that a change of the machine's speed hits all of them. */
export function measureDraft(rounds: number): DraftTiming[] {
  const all = ways();
  const samples = new Map(all.map(([name]): [string, number[]] => [name, []]));
  // The first rounds warm the compiler up.
  for (let round = -5; round < rounds; round += 1) {
    for (const [name, run] of all) {
      const begun = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(begun);
      if (round >= 0) samples.get(name)?.push((user + system) / 1000);
    }
  }
  const bestOf = (name: string): number => best(samples.get(name) ?? []);
  return all.map(([name]) => {
    const ms = bestOf(name);
    return { name, ms, toParse: ms / bestOf(PARSE), toDecode: ms / bestOf(DECODE) };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const timings = measureDraft(Number(process.argv[2] ?? 40));
  console.log(`${SEGMENTS} segments, ${(sampleDraft({ segments: SEGMENTS }).length / 1e6).toFixed(1)} MB`);
  for (const { name, ms, toParse, toDecode } of timings) {
    console.log(
      `${name.padEnd(26)} ${ms.toFixed(1).padStart(6)} ms  × ${toParse.toFixed(2)} of JSON.parse  × ${toDecode.toFixed(2)} of decoding`,
    );
  }
  const of = (name: string): DraftTiming | undefined => timings.find((timing) => timing.name === name);
  const worst = Math.max(
    ...timings.filter(({ name }) => name.startsWith('diff')).map(({ toDecode }) => toDecode),
  );
  console.log(`decode: × ${of(DECODE)?.toParse.toFixed(2)} of JSON.parse (limit 1.30)`);
  console.log(`diff, at worst: × ${worst.toFixed(2)} of decoding (limit 2.00)`);
}
