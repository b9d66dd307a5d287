import { createRequire } from 'node:module';

/** The compiler, by `require`: an import reads its nine megabytes twice more, to find out what it exports. */
export const ts: typeof import('typescript') = createRequire(import.meta.url)('typescript');
