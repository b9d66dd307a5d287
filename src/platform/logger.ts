/** Where the library says what it does. `console` fits. No message ever contains a credential. */
export interface Logger {
  /** Every request and every retry. */
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What happened once, as planned. */
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What went wrong and was survived, such as a credential file that cannot be read. */
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What went wrong and could not be mended. */
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};
