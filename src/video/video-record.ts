import type { Timeline } from '../draft/index.js';
import { type AgentQuestion, printable } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { QuestionAnswers } from '../run/index.js';
import type { DownloadDestination, MediaInput } from '../session/index.js';
import { percentOfWhole } from './percent.js';
import type { VideoCallbacks, VideoEvent, VideoPhase, VideoServices } from './video-request.js';
import type { VideoSnapshot } from './video-snapshot.js';

/** A video job with everything that it works with. */
export interface VideoWork {
  readonly services: VideoServices;
  readonly clock: Clock;
  readonly start: VideoSnapshot;
  readonly media: readonly MediaInput[] | undefined;
  readonly download: DownloadDestination | undefined;
  readonly sendAgain: boolean;
  readonly answers: QuestionAnswers | undefined;
  readonly onQuestion: VideoCallbacks['onQuestion'];
  readonly signal: AbortSignal;
  /** Keeps the snapshot; awaited. */
  readonly save: (snapshot: VideoSnapshot) => Promise<void>;
  readonly report: (event: VideoEvent) => void;
}

/** How far a video is: its snapshot, which each step changes, and what the caller is shown of it. */
export class VideoRecord {
  readonly #work: VideoWork;
  #snapshot: VideoSnapshot;

  constructor(work: VideoWork) {
    this.#work = work;
    this.#snapshot = work.start;
  }

  get snapshot(): VideoSnapshot {
    return this.#snapshot;
  }

  /** Changes the snapshot, and keeps it. */
  async save(
    change: Partial<VideoSnapshot>,
    ...dropped: readonly ('run' | 'question' | 'render')[]
  ): Promise<void> {
    const clientId = this.#work.services.clientId();
    const next: { -readonly [K in keyof VideoSnapshot]: VideoSnapshot[K] } = {
      ...this.#snapshot,
      ...(clientId === undefined ? {} : { clientId }),
      ...change,
    };
    for (const field of dropped) delete next[field];
    this.#snapshot = next;
    await this.#work.save(next);
  }

  /** Shows an event; its percentage of the whole follows from the phase. */
  report(
    phase: VideoPhase,
    message: string,
    more: { phasePercent?: number; timeline?: Timeline; question?: AgentQuestion } = {},
    phasePercent = more.phasePercent,
  ): void {
    const shown = more.phasePercent === undefined ? {} : { phasePercent: Math.floor(more.phasePercent) };
    // Names and questions are the service's words.
    const line = printable(message).replace(/\s*\n\s*/g, ' ');
    this.#work.report({
      phase,
      percent: percentOfWhole(phase, phasePercent),
      message: line,
      ...more,
      ...shown,
    });
  }
}
