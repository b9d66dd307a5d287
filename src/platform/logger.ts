/** Where the library logs what it does. `console` will do. No message ever contains a credential. */
export interface Logger {
  /** Details, such as every request. */
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What happens now and then, such as a retry or a new anonymous token. */
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What went wrong without failing a call, such as a credential file that cannot be read. */
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What went wrong and could not be made good. */
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};
