import type { VideoPhase } from './video-request.js';

/** Where each phase begins, in percent of the whole: roughly its share of an ordinary job. */
const BEGINS: Readonly<Record<VideoPhase, number>> = {
  session: 0,
  upload: 2,
  run: 20,
  settle: 55,
  render: 60,
  download: 92,
  done: 100,
};

const ORDER: readonly VideoPhase[] = ['session', 'upload', 'run', 'settle', 'render', 'download', 'done'];

/** Percent of the whole job at `phasePercent` of `phase`; a whole number. */
export function percentOfWhole(phase: VideoPhase, phasePercent = 0): number {
  const begin = BEGINS[phase];
  const next = ORDER[ORDER.indexOf(phase) + 1];
  const end = next === undefined ? 100 : BEGINS[next];
  return Math.floor(begin + ((end - begin) * phasePercent) / 100);
}

/** Percent of a phase of unknown length after `steps` events: each takes a fifth of the rest. */
export function estimatedPercent(steps: number): number {
  return 100 * (1 - 0.8 ** steps);
}
