import type { ErrorFacts } from './base.js';

/** Facts of an error that the service itself reports. */
export interface ServiceFacts extends ErrorFacts {
  /** What the service said, in its words. */
  readonly serviceMessage?: string | undefined;
}

/** The sentence of the library, then the service's own words. */
export function say(sentence: string, facts: ServiceFacts): string {
  return facts.serviceMessage ? `${sentence} (the service said: ${facts.serviceMessage})` : sentence;
}
