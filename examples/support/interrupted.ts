const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

/** Aborts at Ctrl-C. The second one ends the process, as the system does. */
export const interrupted: AbortSignal = interrupt.signal;
