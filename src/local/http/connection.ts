/** How a connection dies: `refuse` before the backend sees anything, `reset` at any time after. */
export class ConnectionLost extends Error {
  readonly kind: 'reset' | 'refuse';

  /** `cause`: what the client's own body failed with, when that is why. */
  constructor(kind: 'reset' | 'refuse', cause?: unknown) {
    super(kind === 'refuse' ? 'the connection was refused' : 'the connection was reset', { cause });
    this.name = 'ConnectionLost';
    this.kind = kind;
  }

  /** What the runtime's own fetch would have thrown: a TypeError with the reason as its cause. */
  toFetchError(midBody: boolean): TypeError {
    const code = this.kind === 'refuse' ? 'ECONNREFUSED' : 'ECONNRESET';
    const cause = Object.assign(new Error(this.kind === 'refuse' ? `connect ${code}` : `read ${code}`), {
      code,
    });
    return new TypeError(midBody ? 'terminated' : 'fetch failed', { cause: this.cause ?? cause });
  }
}

/** Never resolves; rejects with the signal's reason when it aborts. */
export function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
