import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  Authorizer,
  anonymousToken,
  defaultAuth,
  memoryCredentials,
  resolveCredentialStore,
  staticToken,
} from '../../src/auth/index.js';
import { AuthenticationError, NetworkError, OptionError, redact } from '../../src/errors/index.js';
import { failure } from '../transport/harness.js';
import { CLIENT, issuer } from './harness.js';

describe('staticToken', () => {
  it('is always the same, without what stood around it when it was copied', async () => {
    const service = issuer();
    expect(await staticToken(' nmv_usr_mine\n').token(service.context)).toBe('nmv_usr_mine');
    expect(service.issued).toEqual([]);
  });

  it('cannot be replaced, so that a refused one fails the call', () => {
    expect(staticToken('nmv_usr_mine').invalidate).toBeUndefined();
  });

  it.each(['', '  ', 'two words', 'line\nbreak', 'ünicode'])(
    'refuses %j, which no header can carry',
    (token) => {
      expect(() => staticToken(token)).toThrow(OptionError);
    },
  );

  it('is not shown by inspect, and redacted whatever it looks like', () => {
    const provider = staticToken('canary-of-static-token');
    expect(inspect(provider, { depth: 5, showHidden: true })).not.toContain('canary');
    expect(redact('you sent canary-of-static-token')).not.toContain('canary');
  });
});

describe('defaultAuth', () => {
  it.each([
    ['the option', { token: 'nmv_usr_option', envToken: 'nmv_usr_env' }, 'nmv_usr_option'],
    ['NEMO_TOKEN', { envToken: 'nmv_usr_env' }, 'nmv_usr_env'],
  ])('takes %s first', async (_, sources, token) => {
    expect(await defaultAuth(sources).token(issuer().context)).toBe(token);
  });

  it('takes the kept token next, and a new anonymous one last', async () => {
    const service = issuer();
    const store = memoryCredentials();
    expect(await defaultAuth({ clientId: CLIENT, store }).token(service.context)).toBe('nmv_usr_1');
    expect(await defaultAuth({ clientId: CLIENT, store }).token(service.context)).toBe('nmv_usr_1');
    expect(service.issued).toEqual([{ clientId: CLIENT, token: 'nmv_usr_1' }]);
  });
});

describe('resolveCredentialStore', () => {
  it('takes the one that is given', () => {
    const store = memoryCredentials();
    expect(resolveCredentialStore(store)).toBe(store);
  });

  it.each([true, '/tmp/credentials', null, {}, { get: () => undefined }])(
    'refuses %j, which would keep nothing, and names the methods',
    (option) => {
      const refusal = expect.objectContaining({
        name: 'OptionError',
        accepted: expect.stringContaining('clientId, setClientId, get, set, exclusive'),
      });
      expect(() => Reflect.apply(resolveCredentialStore, undefined, [option])).toThrow(refusal);
      if (typeof option === 'object' && option !== null)
        expect(() => Reflect.apply(anonymousToken, undefined, [{ store: option }])).toThrow(refusal);
    },
  );

  it('means by false a separate memory for each client', async () => {
    await resolveCredentialStore(false).setClientId(CLIENT);
    expect(await resolveCredentialStore(false).clientId()).toBeUndefined();
  });

  it('takes the file of the person by default', async () => {
    await resolveCredentialStore(undefined).setClientId(CLIENT);
    expect(await resolveCredentialStore(undefined).clientId()).toBe(CLIENT);
  });
});

describe('Authorizer', () => {
  const { context } = issuer();

  it('gives the signal of the call to the provider', async () => {
    const { signal } = new AbortController();
    let seen: AbortSignal | undefined;
    const authorizer = new Authorizer(
      {
        async token(given) {
          seen = given.signal;
          return 'token';
        },
      },
      context,
    );
    expect(await authorizer.token(signal)).toBe('token');
    expect(seen).toBe(signal);
    await authorizer.token(undefined);
    expect(seen).toBeUndefined();
  });

  it.each([undefined, '', 'two words', 'line\nbreak', 7])(
    'refuses %j of a foreign provider',
    async (token) => {
      const provider = { token: async () => token };
      // @ts-expect-error: what a caller without types may return.
      const error = await failure(new Authorizer(provider, context).token(undefined));
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(error).toHaveProperty('message', expect.stringContaining('`auth` provider'));
    },
  );

  it('reports the failure of a foreign provider as what it is, with its cause', async () => {
    const cause = new Error('vault is sealed');
    const authorizer = new Authorizer({ token: () => Promise.reject(cause) }, context);
    expect(await failure(authorizer.token(undefined))).toMatchObject({ name: 'AuthenticationError', cause });
  });

  it('lets errors of the family through', async () => {
    const error = new NetworkError({ operation: 'token', sent: 'no' });
    expect(
      await failure(new Authorizer({ token: () => Promise.reject(error) }, context).token(undefined)),
    ).toBe(error);
  });

  it('offers a replay only where the provider can replace its token', async () => {
    const heard: string[] = [];
    const renewing = { token: async () => 'a', invalidate: (token: string) => void heard.push(token) };
    expect(await new Authorizer(renewing, context).refused('a')).toBe(true);
    expect(heard).toEqual(['a']);
    expect(await new Authorizer({ token: async () => 'a' }, context).refused('a')).toBe(false);
  });

  it('waits until an asynchronous provider has let go of its token', async () => {
    let current = 'old';
    const provider = {
      token: async () => current,
      async invalidate() {
        await new Promise((resolve) => setImmediate(resolve));
        current = 'new';
      },
    };
    const authorizer = new Authorizer(provider, context);
    expect(await authorizer.refused('old')).toBe(true);
    expect(await authorizer.token(undefined)).toBe('new');
  });

  it.each<[string, () => undefined | Promise<void>]>([
    [
      'at once',
      () => {
        throw new Error('vault is sealed');
      },
    ],
    ['later', () => Promise.reject(new Error('vault is sealed'))],
  ])('reports that a foreign provider failed %s to let go of its token', async (_, invalidate) => {
    const authorizer = new Authorizer({ token: async () => 'a', invalidate }, context);
    expect(await failure(authorizer.refused('a'))).toMatchObject({
      name: 'AuthenticationError',
      cause: expect.objectContaining({ message: 'vault is sealed' }),
    });
  });

  it('knows no identity where the provider has none', () => {
    expect(new Authorizer({ token: async () => 'a' }, context).identity()).toEqual({ anonymous: false });
  });

  it('gives the provider a logger that redacts, and remembers the token to be redacted', async () => {
    const service = issuer();
    const authorizer = new Authorizer(
      {
        async token({ logger }) {
          logger.warn('using canary-of-provider and nmv_usr_canary');
          return 'canary-of-provider';
        },
      },
      service.context,
    );
    await authorizer.token(undefined);
    expect(service.logger.lines[0]?.message).not.toContain('nmv_usr_canary');
    expect(redact('echo canary-of-provider')).not.toContain('canary');
    expect(inspect(authorizer, { depth: 9, showHidden: true })).not.toContain('canary');
  });
});
