import {
  Authorizer,
  checkSameClient,
  defaultAuth,
  issueAnonymousToken,
  resolveCredentialStore,
  SameClient,
  tokenOrigin,
} from './auth/index.js';
import type { NemoVideoOptions } from './options/client-options.js';
import { resolveOptions } from './options/resolve-options.js';
import { Pacer } from './render/index.js';
import type { SessionContext } from './session/index.js';
import { Transport } from './transport/index.js';

/** The layers, wired. */
export interface Layers {
  readonly context: SessionContext;
  readonly authorize: Authorizer;
  /**
   * The same for what the client `madeBy` made.
   * @throws OptionError when this client is known to be another one. Where that shows with the first token, the first
   * use of what is opened throws it.
   */
  contextFor(madeBy: string | undefined, field: string): SessionContext;
}

/**
 * Resolves the options, and wires the layers. Sends nothing.
 * @throws OptionError for an option that cannot be used.
 */
export function layersOf(options: NemoVideoOptions): Layers {
  const resolved = resolveOptions(options);
  const { clock, logger, timeouts, poll } = resolved;
  const settings = { ...resolved, requestTimeoutMs: timeouts.request };
  const anonymous = new Transport(settings);
  const provider = resolved.auth ?? defaultAuth(resolved);
  const authorize = new Authorizer(provider, {
    origin: tokenOrigin(resolved.baseUrl, resolved.fetch),
    clientId: resolved.clientId,
    store: resolveCredentialStore(resolved.credentialStore),
    clock,
    logger,
    issueAnonymousToken: (clientId, signal) => issueAnonymousToken(anonymous, clientId, signal),
  });
  const context: SessionContext = {
    transport: new Transport(settings, authorize),
    language: resolved.language,
    webUrl: resolved.webUrl,
    run: {
      streamIdleMs: timeouts.streamIdle,
      streamIdleMaxMs: resolved.streamIdleMaxMs,
      contentIdleMs: timeouts.contentIdle,
      runMs: timeouts.run,
      recoveryDelaysMs: resolved.recoveryDelaysMs,
      stillWorkingMs: resolved.stillWorkingMs,
      maxLineLength: resolved.maxLineLength,
    },
    settle: resolved.settle,
    upload: { idleMs: timeouts.uploadIdle },
    render: {
      minMs: poll.minMs,
      maxMs: poll.maxMs,
      schedule: poll.schedule,
      pacer: new Pacer(poll, clock),
      timeoutMs: timeouts.render,
      downloadIdleMs: timeouts.uploadIdle,
    },
  };
  return {
    context,
    authorize,
    contextFor(madeBy, field) {
      const { clientId } = authorize.identity();
      checkSameClient(madeBy, clientId, field);
      if (madeBy === undefined || madeBy === clientId) return context;
      return { ...context, transport: new Transport(settings, new SameClient(authorize, madeBy, field)) };
    },
  };
}
