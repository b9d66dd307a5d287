import { NetworkError } from '../errors/index.js';

/**
 * A part of the library that is loaded when it is first used: a page that makes videos pays for uploads when it uploads.
 * A load that failed is tried again by the next who asks.
 * @throws {NetworkError} when the part cannot be had, as where a page is offline. Nothing has been sent then.
 */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let part: Promise<T> | undefined;
  return () => {
    part ??= load().catch((cause: unknown) => {
      part = undefined;
      const reason = 'a part of the library could not be loaded';
      throw new NetworkError({ operation: 'load', sent: 'no', reason, cause });
    });
    return part;
  };
}
