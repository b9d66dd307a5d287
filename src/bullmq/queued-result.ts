import type { VideoPhase, VideoResult } from '../index.js';
import type { QueuedResult } from './video-job.js';

/** A name that stays in the folder, and that no file system refuses. */
export function fileOf(id: string): string {
  const name = id.replace(
    /[\p{Cc}/\\:*?"<>|%]|^\./gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `${name}.mp4`;
}

/** How long each step of a video took. */
export class StepTimes {
  readonly #ms: Partial<Record<VideoPhase, number>> = {};
  #phase: VideoPhase | undefined;
  #since = performance.now();

  /** Notes the step of an event. True when it is a new one. */
  see(phase: VideoPhase): boolean {
    if (phase === this.#phase) return false;
    this.end();
    this.#phase = phase;
    return true;
  }

  end(): Partial<Record<VideoPhase, number>> {
    const now = performance.now();
    if (this.#phase !== undefined && this.#phase !== 'done') {
      this.#ms[this.#phase] = Math.round((this.#ms[this.#phase] ?? 0) + now - this.#since);
    }
    this.#since = now;
    return this.#ms;
  }
}

/** A finished video as a queue keeps it: plain JSON. */
export function resultOf(
  { timeline, elapsedMs: _, ...result }: VideoResult,
  stepMs: QueuedResult['stepMs'],
): QueuedResult {
  return { ...result, timeline: timeline.toString(), stepMs };
}
