import { platform } from '#platform';
import { OptionError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';
import { acceptedType, extensionOf } from '../../wire/index.js';
import { ACCEPTED_EXTENSIONS } from './check.js';
import { pathOfUrl } from './file-url.js';
import type { MediaInput } from './input.js';

/**
 * The media of a folder: the files directly in it whose extension the service accepts, in natural order (`2.jpg`
 * before `10.jpg`, whatever the case). Hidden files, other files and folders are left out.
 * @throws OptionError when the folder does not exist, or holds no accepted file.
 */
export async function mediaFrom(folder: string | URL): Promise<MediaInput[]> {
  const { files } = platform;
  if (files === undefined) {
    throw new OptionError({ field: 'folder', accepted: 'left out: there are no files in this runtime' });
  }
  return listMedia(files, folder instanceof URL ? pathOfUrl(files, folder, 'folder') : folder);
}

/** The paths of the media of a folder; see {@link mediaFrom}. */
export async function listMedia(files: Files, folder: string): Promise<string[]> {
  const field = `folder (${JSON.stringify(folder)})`;
  const paths = await files.list(folder).catch(async (cause: unknown) => {
    const facts = await files.facts(folder).catch(() => undefined);
    const isFile = facts?.kind === 'file';
    const hint = isFile ? 'Pass the file itself to `upload` or `createVideo`.' : undefined;
    const accepted = isFile ? 'a folder, and it is a file' : 'a folder that can be read';
    throw new OptionError({ field, accepted, hint, cause });
  });
  const media: { readonly path: string; readonly name: string }[] = [];
  for (const path of paths) {
    const name = files.nameOf(path);
    if (name.startsWith('.') || acceptedType(extensionOf(name)) === undefined) continue;
    if ((await files.facts(path))?.kind === 'file') media.push({ path, name });
  }
  if (media.length === 0) {
    throw new OptionError({
      field,
      accepted: `a folder with at least one file of type ${ACCEPTED_EXTENSIONS.join(', ')}`,
    });
  }
  // One locale for everybody: the order of a video must not depend on the machine that asks for it.
  const natural = new Intl.Collator('en', { numeric: true });
  return media
    .sort((a, b) => natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
    .map(({ path }) => path);
}
