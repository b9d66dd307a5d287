import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.js';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

describe('the package', () => {
  it('sends its own version, the one of package.json', () => {
    expect(manifest).toMatchObject({ version: VERSION });
  });

  it('has three runtime dependencies', () => {
    const dependencies: unknown =
      typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'dependencies') : {};
    expect(Object.keys(dependencies ?? {}).sort()).toEqual(['eventsource-parser', 'ky', 'zod']);
  });
});
