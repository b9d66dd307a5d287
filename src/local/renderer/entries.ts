import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Whether this runs from the sources (tests, demo, benchmarks); what is built is flat in `dist/`. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What `fork` needs for a process. */
export interface ChildProgram {
  path: string;
  execArgv: string[];
}

/** The program that renders. */
export const renderChild = (): ChildProgram => childProgram('render-child', './child.ts');

/** The program that decodes uploads. */
export const inspectChild = (): ChildProgram => childProgram('inspect-child', '../media/inspect-child.ts');

/** From the sources it also needs tsx, which reads TypeScript. */
function childProgram(built: string, source: string): ChildProgram {
  if (!FROM_SOURCE) return { path: here(`./${built}.js`), execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  return { path: here(source), execArgv: ['--import', tsx.href] };
}

/** The folder of the fonts in the package. */
export const bundledFonts: string = here(FROM_SOURCE ? '../fonts/' : './fonts/');
