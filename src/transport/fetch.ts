/** A `fetch` function, the platform's own or another. */
export type Fetch = (request: Request) => Promise<Response>;

/** The platform's own fetch, looked up at each call, so that what a test or a tracer puts in its place is used. */
export const platformFetch: Fetch = (request) => globalThis.fetch(request);

/** Whether it can be read as a response, of whatever realm or library. */
export function isResponse(answer: unknown): answer is Response {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'status' in answer &&
    typeof answer.status === 'number' &&
    'headers' in answer &&
    typeof answer.headers === 'object' &&
    answer.headers !== null &&
    'get' in answer.headers
  );
}

/** Whether `fetch` takes an address: not another protocol, nor a user and a password, which it refuses and repeats. */
export function isFetchable({ protocol, username, password }: URL): boolean {
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
