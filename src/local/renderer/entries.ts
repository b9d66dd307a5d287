import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Whether this runs from the sources (tests, demo, benchmarks); what is built is flat in `dist/`. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What `fork` needs for the process that renders: from the sources also tsx, which reads TypeScript. */
export function renderChild(): { path: string; execArgv: string[] } {
  if (!FROM_SOURCE) return { path: here('./render-child.js'), execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  return { path: here('./child.ts'), execArgv: ['--import', tsx.href] };
}

/** The folder of the fonts in the package. */
export const bundledFonts: string = here(FROM_SOURCE ? '../fonts/' : './fonts/');
