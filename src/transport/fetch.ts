/** A `fetch` function, the platform's own or another. */
export type Fetch = (request: Request) => Promise<Response>;

/** The platform's own fetch, looked up at each call, so that what a test or a tracer puts in its place is used. */
export const platformFetch: Fetch = (request) => globalThis.fetch(request);
