import { isNemoVideoError } from '../../errors/index.js';
import { listOf, readMedia, readRawState, type SessionMedia } from '../../run/index.js';
import type { Call, Delivery, RequestBody, Transport } from '../../transport/index.js';

/** The files of one request. */
export interface SentFiles {
  /** The name of the file; of addresses, which the service fetches, what it may call each. */
  readonly names: readonly string[];
  /** Whether the service may call them otherwise. */
  readonly guessed: boolean;
}

/** One request, to be made so that its files are in the session once. */
export interface OneUpload<T> {
  readonly files: SentFiles;
  /** Makes the body. `onLast` is to be called before its last bytes leave: from there on the files may have arrived. */
  readonly makeBody: (onLast: () => void) => RequestBody;
  /** An attempt begins. */
  readonly onAttempt?: () => void;
  /** Makes the request. `shown` are the names of what the session shows of it. */
  readonly send: (
    content: Required<Pick<Call, 'body' | 'onDelivery'>>,
  ) => Promise<{ readonly uploaded: readonly T[]; readonly shown: readonly string[] }>;
  /** What was found in the session after its request had broken. */
  readonly found: (media: SessionMedia, index: number) => T;
  readonly signal: AbortSignal;
}

/**
 * The answer of a request that broke: its files are in the session. Not an error, because it is thrown from the body of
 * the attempt that would have repeated it, through everything that looks at errors.
 */
class Arrived {
  constructor(readonly media: readonly SessionMedia[]) {}
}

/**
 * What is known of the files of a session during one upload. When a connection breaks after the last byte, it is
 * unknown whether the file arrived, and a second copy of it would be in the video twice; the state of the session shows it.
 */
export class Arrivals {
  readonly #transport: Transport;
  readonly #sessionId: string;
  readonly #before: readonly string[] | undefined;
  readonly #confirmed: string[] = [];
  readonly #underWay = new Set<SentFiles>();

  /** @param before the media of the session as it was, in the service's own form; undefined where it is not known. */
  constructor(transport: Transport, sessionId: string, before: readonly unknown[] | undefined) {
    this.#transport = transport;
    this.#sessionId = sessionId;
    this.#before = before?.flatMap((entry) => readMedia(entry)?.name ?? []);
  }

  /** Sends files so that each is in the session once: before a repeat, it is asked what became of the attempt before. */
  async once<T>({ files, makeBody, onAttempt, send, signal, found }: OneUpload<T>): Promise<readonly T[]> {
    let inDoubt = false;
    const body = makeBody(() => {
      inDoubt = true;
    });
    const settle = async (within: AbortSignal): Promise<void> => {
      if (!inDoubt) return;
      const media = await this.#find(files, within);
      inDoubt = false;
      if (media !== undefined) throw new Arrived(media);
    };
    const guarded: RequestBody = {
      contentType: body.contentType,
      length: body.length,
      get failure() {
        return body.failure;
      },
      async open(attempt) {
        onAttempt?.();
        await settle(attempt);
        return body.open(attempt);
      },
    };
    const onDelivery = (delivery: Delivery): void => {
      // A refusal proves that the service took nothing.
      if (delivery === 'unsent') inDoubt = false;
    };
    this.#underWay.add(files);
    try {
      const { uploaded, shown } = await send({ body: guarded, onDelivery });
      this.#confirmed.push(...shown);
      return uploaded;
    } catch (thrown) {
      return this.#arrived(await afterLast(thrown, () => settle(signal))).map(found);
    } finally {
      this.#underWay.delete(files);
    }
  }

  #arrived(thrown: unknown): readonly SessionMedia[] {
    if (!(thrown instanceof Arrived)) throw thrown;
    this.#confirmed.push(...thrown.media.map(({ name }) => name));
    return thrown.media;
  }

  /**
   * The files in the session; undefined where it does not show that they are there: then they are sent again, since a
   * file that is missing hurts more than one that is there twice.
   */
  async #find(
    { names, guessed }: SentFiles,
    signal: AbortSignal,
  ): Promise<readonly SessionMedia[] | undefined> {
    const before = this.#before;
    const media = before && (await this.#read(signal));
    if (before === undefined || media === undefined) return undefined;
    const added = media.length - before.length - this.#confirmed.length;
    const others = [...this.#underWay].flatMap((other) => (other.names === names ? [] : other.names));
    if (guessed) return others.length === 0 && added === names.length ? media.slice(-added) : undefined;
    const now = media.map(({ name }) => name);
    const isNew = (name: string): boolean =>
      count(now, name) > count(before, name) + count(this.#confirmed, name);
    const latest = media.findLast(({ name }) => names.includes(name) && isNew(name));
    return latest === undefined || others.includes(latest.name) ? undefined : [latest];
  }

  /** What the session shows; undefined where it cannot be read. */
  async #read(signal: AbortSignal): Promise<readonly SessionMedia[] | undefined> {
    try {
      const raw = await readRawState(this.#transport, this.#sessionId, { signal, retry: false });
      return listOf(raw.video_infos).flatMap((entry) => readMedia(entry) ?? []);
    } catch (error) {
      if (signal.aborted || !isNemoVideoError(error)) throw error;
      return undefined;
    }
  }
}

/** What became of a request whose last attempt failed: it too may have arrived. */
async function afterLast(thrown: unknown, settle: () => Promise<void>): Promise<unknown> {
  if (!isNemoVideoError(thrown) || !thrown.retryable) return thrown;
  try {
    await settle();
  } catch (known) {
    if (known instanceof Arrived) return known;
  }
  return thrown;
}

function count(names: readonly string[], wanted: string): number {
  return names.filter((name) => name === wanted).length;
}
