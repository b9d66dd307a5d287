/** What the processes of a soak have in common. */
export interface Settings {
  /** Videos, half of them for each of the two ways in which a service can treat a closed stream. */
  readonly jobs: number;
  readonly seed: number;
  readonly workers: number;
  /** Videos at once in each worker. */
  readonly concurrency: number;
  /** How often a worker is killed, in ms. */
  readonly killMs: number;
  /** The part of all requests that meet a fault. */
  readonly faults: number;
  /** The part of the agents that ask. */
  readonly asks: number;
  /** `stalledMs` of the workers. */
  readonly stalledMs: number;
  /** How much faster than the service its agent works, and than the machine the workers' clock runs. */
  readonly speed: number;
}

/** What the service is started with. */
export interface ServiceSettings extends Settings {
  readonly onDisconnect: 'continue' | 'abort';
}

/** What a worker is started with. */
export interface WorkerSettings extends Settings {
  readonly name: string;
  readonly redisPort: number;
  readonly baseUrl: string;
  readonly token: string;
  readonly folder: string;
}

/** What the service answers when it is ready. */
export interface ServiceReady {
  readonly baseUrl: string;
  readonly token: string;
}

/** What the service answers at the end. */
export interface ServiceReport {
  /** How often each message was charged. */
  readonly charges: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
}

/** The message of a video, by which its charges are found. */
export function promptOf(id: string, asks: boolean): string {
  return `Create a 5-second video about the sea${asks ? ', and ask me first,' : ''} with the title "${id}"`;
}
