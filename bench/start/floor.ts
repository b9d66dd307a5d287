/** The floor of the cold start: ky, eventsource-parser and zod/mini by themselves. */
import { createParser } from 'eventsource-parser';
import ky from 'ky';
import * as z from 'zod/mini';

/** Makes the two calls that are measured: an answer that is checked, and the first event of a stream. */
export function start(
  url: string,
  headers: Readonly<Record<string, string>>,
  calls: { readonly credits: string; readonly message: object },
): { request(): Promise<unknown>; firstEvent(): Promise<unknown> } {
  const schema = z.looseObject({ code: z.number(), data: z.looseObject({ available: z.number() }) });
  return {
    request: async () => z.parse(schema, await ky(`${url}${calls.credits}`, { headers }).json()),
    firstEvent: async () => {
      const events: unknown[] = [];
      const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) });
      parser.feed(await ky.post(`${url}/run_sse`, { headers, json: calls.message }).text());
    },
  };
}
