import type { Stats } from 'node:fs';
import { mkdir, mkdtemp, readFile, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OptionError } from '../errors/index.js';
import { codeOf } from '../platform/files.js';
import type { ResolvedLocalOptions } from './options.js';

/**
 * Makes the folder, and looks into the fonts: otherwise the first upload or render would report what is wrong with them,
 * when the message before it has been charged.
 * @throws {@link OptionError} that names the first path which cannot be used, and why.
 */
export async function checkPaths({ dir, fonts }: ResolvedLocalOptions): Promise<void> {
  if (dir !== undefined) await checkFolder(resolve(dir));
  for (const [index, font] of fonts.entries()) await checkFont(resolve(font), `fonts[${index}]`);
}

async function checkFolder(dir: string): Promise<void> {
  try {
    await makeFolder(dir);
    // Permissions do not show whether a file can be made: not to root, and not of a mount that is read-only.
    await rmdir(await mkdtemp(join(dir, '.nemovideo-')));
  } catch (cause) {
    const why = (await factsOf(dir))?.isFile() ? 'is a file' : `is not (${String(codeOf(cause) ?? cause)})`;
    const accepted = `a folder that can be made and written to, and ${JSON.stringify(dir)} ${why}`;
    throw new OptionError({ field: 'dir', accepted, hint: 'Pass your own folder.', cause });
  }
}

/** By hand, because Node's own `recursive` tries for ever where a folder of /proc cannot be made. */
async function makeFolder(dir: string): Promise<void> {
  const make = () =>
    mkdir(dir).catch(async (error: unknown) => {
      // What is said of a folder that is there differs between systems.
      if (!(await factsOf(dir))?.isDirectory()) throw error;
    });
  try {
    await make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(dir) === dir) throw error;
    await makeFolder(dirname(dir));
    await make();
  }
}

/** WOFF2, WOFF, TrueType, OpenType and collections of either. Whether the rest is sound shows when it is drawn with. */
const FONT_SIGNATURES = ['wOF2', 'wOFF', '\0\x01\0\0', 'true', 'OTTO', 'ttcf'];

async function checkFont(path: string, field: string): Promise<void> {
  const refuse = (why: string, cause: unknown): never => {
    const accepted = `a .woff2, .woff, .ttf or .otf file, and ${JSON.stringify(path)} ${why}`;
    throw new OptionError({ field, accepted, hint: 'Pass the path of a font file, or none.', cause });
  };
  const file = await readFile(path).catch((cause: unknown) => {
    const code = codeOf(cause);
    if (code === 'ENOENT') return refuse('does not exist', cause);
    return refuse(code === 'EISDIR' ? 'is a folder' : `cannot be read (${String(code ?? cause)})`, cause);
  });
  const signature = file.toString('latin1', 0, 4);
  if (!FONT_SIGNATURES.includes(signature)) refuse('is not a font', undefined);
}

function factsOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
