/** Where the library logs what it does. `console` will do. No message ever contains a credential. */
export interface Logger {
  /** Every request, and other details. */
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What happens now and then: a call that is sent again, a new anonymous token. */
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /**
   * What went wrong: a call that failed and is not repeated, once, before its error is thrown (a render survives polls
   * that fail), or trouble that is survived, such as a credential file that cannot be read. Aborts are not logged.
   */
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Nothing so far: what the library cannot make good it throws, and the caller knows how grave it is. */
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};
