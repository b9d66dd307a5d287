import { OptionError } from '../errors/index.js';

/** `#backend` where there is no Node: the local backend writes files and starts processes. */
export async function createLocalBackend(): Promise<never> {
  throw new OptionError({
    field: 'createTestClient',
    accepted: 'called in Node',
    problem: 'The local backend runs in Node, not in a browser',
    hint: 'Start it with `npx nemovideo-sdk local`, and pass its address to `handlers` or as `baseUrl`.',
  });
}
