/** The service's own address (wire document). */
export const DEFAULT_BASE_URL = 'https://mega-api-prod.nemovideo.ai';
/** The website, where people register and claim their work. */
export const DEFAULT_WEB_URL = 'https://nemovideo.com';
/** The agent that every path and request names. */
export const AGENT = 'nemo_agent';

/** Every path of the service (wire document, "Endpoints"). Ids are escaped. */
export const paths = {
  anonymousToken: '/api/auth/anonymous-token',
  claimToken: '/api/auth/claim-token',
  // Not put together of AGENT: a bundler would then keep all paths, also where nobody asks for one.
  createSession: '/api/tasks/me/with-session/nemo_agent',
  run: '/run_sse',
  upload: (sessionId: string): string => `/api/upload-video/${AGENT}/me/${encodeURIComponent(sessionId)}`,
  credits: '/api/credits/balance/simple',
  state: (sessionId: string): string => `/api/state/${AGENT}/me/${encodeURIComponent(sessionId)}/latest`,
  submitRender: '/api/render/proxy/lambda',
  render: (renderId: string): string => `/api/render/proxy/lambda/${encodeURIComponent(renderId)}`,
  cancelRender: (renderId: string): string =>
    `/api/render/proxy/lambda/${encodeURIComponent(renderId)}/cancel`,
  downloadRender: (renderId: string): string => `/api/render/proxy/${encodeURIComponent(renderId)}/download`,
} as const;

/** Names of the headers that the service reads or answers with. */
export const HEADERS = {
  authorization: 'authorization',
  source: 'x-skill-source',
  version: 'x-skill-version',
  platform: 'x-skill-platform',
  clientId: 'x-client-id',
  requestId: 'x-request-id',
  retryAfter: 'retry-after',
} as const;
