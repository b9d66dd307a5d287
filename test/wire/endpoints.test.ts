import { describe, expect, it } from 'vitest';
import { isId, paths } from '../../src/wire/index.js';

/** Every path that an id is part of. */
const PATHS = Object.values(paths).filter((path) => typeof path === 'function');

describe('an id', () => {
  it.each(['a/b', '../x', '...', '.a', '%2e%2e', 'a b', '名', 'a?b#c', 'a\\b'])(
    'is one part of a path, whatever is in it: %j',
    (id) => {
      for (const path of PATHS) {
        const around = path('ID').split('ID');
        const { pathname } = new URL(path(id), 'https://service.test');
        expect(pathname.startsWith(around[0] ?? '') && pathname.endsWith(around[1] ?? '')).toBe(true);
        expect(pathname.split('/')).toHaveLength(path('ID').split('/').length);
      }
    },
  );

  it.each(['.', '..', '', '  ', '\ud800', 'a\udc00'])('that would lead elsewhere is refused: %j', (id) => {
    expect(isId(id)).toBe(false);
    for (const path of PATHS)
      expect(() => path(id)).toThrow(expect.objectContaining({ name: 'OptionError' }));
  });

  it.each([undefined, null, 5, {}])('is a text, and not %o', (id) => {
    expect(isId(id)).toBe(false);
  });
});
