import {
  AbortError,
  AuthenticationError,
  DownloadError,
  NemoVideoError,
  OptionError,
} from '../../errors/index.js';
import { isFetchable, throwIfAborted } from '../../transport/index.js';
import { paths } from '../../wire/index.js';
import type { RenderContext } from '../facts.js';
import type { DownloadRequest, DownloadResult } from './contract.js';
import { openSink } from './sink.js';
import { Transfer } from './transfer.js';

/**
 * Brings a finished render to its destination. A connection that breaks is continued from where it stood as long as
 * bytes arrive; when the output address fails for good, the service's own download path is used.
 * @throws DownloadError, AuthenticationError, OptionError, AbortError; a file at the path is as it was then.
 */
export async function downloadRender(
  context: RenderContext,
  request: DownloadRequest,
): Promise<DownloadResult> {
  const { renderId, signal, destination } = request;
  throwIfAborted(signal, 'download');
  const sink = await openSink(destination, renderId);
  try {
    const transfer = new Transfer(context, request, sink);
    await bring(transfer, addressesOf(context, request), context, renderId);
    await transfer.end();
    const { path } = await sink.finish(signal);
    return { bytes: transfer.bytes, ...(path === undefined ? {} : { path }) };
  } catch (thrown) {
    const error = toDownloadError(thrown, renderId, sink.isResumable);
    await sink.abandon(error);
    throw error;
  }
}

/** From the first address that has the whole file. */
async function bring(
  transfer: Transfer,
  [address, ...others]: readonly URL[],
  context: RenderContext,
  renderId: string,
): Promise<void> {
  if (address === undefined) return;
  try {
    await transfer.bring(address);
  } catch (error) {
    if (others.length === 0 || !isAboutAddress(error)) throw error;
    const reason = error.message;
    context.transport.logger.warn('download: the output address failed, the next one is tried', {
      renderId,
      reason,
    });
    await bring(transfer, others, context, renderId);
  }
}

/** The address that the service named, then its own download path (wire document: "fall back to it"). */
function addressesOf({ transport }: RenderContext, { renderId, outputUrl }: DownloadRequest): readonly URL[] {
  const own = new URL(transport.baseUrl + paths.downloadRender(renderId));
  if (outputUrl === undefined || !URL.canParse(outputUrl, own)) return [own];
  const named = new URL(outputUrl, own);
  // One for programs of the service's own, e.g. `s3:`, is none for us.
  return isFetchable(named) ? [named, own] : [own];
}

/** Whether another address may do better. */
function isAboutAddress(error: unknown): error is NemoVideoError {
  const final = error instanceof AbortError || error instanceof DownloadError || error instanceof OptionError;
  return error instanceof NemoVideoError && !final;
}

/** What the caller hears: a refused token and the caller's own errors as they are, everything else as a DownloadError. */
function toDownloadError(thrown: unknown, renderId: string, isResumable: boolean): unknown {
  if (!isAboutAddress(thrown) || thrown instanceof AuthenticationError) return thrown;
  const { code, status, requestId, attempts, retryable, message } = thrown;
  return new DownloadError({
    renderId,
    code,
    status,
    requestId,
    attempts,
    retryable,
    reason: message,
    isResumable,
    cause: thrown,
  });
}
