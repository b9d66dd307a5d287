import { OptionError } from './option.js';

/** An optional peer, and what needs it. */
export interface Peer {
  readonly name: string;
  /** What `npm install` is called with. */
  readonly install: string;
  /** The import of this package that uses it. */
  readonly entry: string;
}

/**
 * Loads an optional peer by `import()`.
 * @throws {@link OptionError} that says how to install it, when it is missing. An error of the peer itself is thrown as it is.
 */
export async function loadPeer<T>(load: () => Promise<T>, { name, install, entry }: Peer): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new OptionError({
      field: name,
      accepted: 'installed',
      problem: `${entry} needs the package ${name}, which is not installed`,
      hint: `Run: npm install ${install}`,
      cause,
    });
  }
}
