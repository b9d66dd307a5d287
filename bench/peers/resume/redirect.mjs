/** Loaded before each peer: requests to any host go to the server of the comparison, with the host as first part of the path. */
const { fetch: real } = globalThis;
const target = process.env.PEER_SERVER;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = new URL(request.url);
  const there = url.hostname === '127.0.0.1' ? url : `${target}/${url.hostname}${url.pathname}${url.search}`;
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer();
  return real(there, { method: request.method, headers: request.headers, body, signal: request.signal });
};
