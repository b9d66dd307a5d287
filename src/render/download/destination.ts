import { platform } from '#platform';
import { OptionError } from '../../errors/index.js';
import type { DownloadDestination } from './contract.js';

/**
 * Looks whether a video could be brought to a path, before anything is paid for that has nowhere to go.
 * @throws {@link OptionError} when the path is a folder, or its folder does not exist.
 */
export async function checkDestination(destination: DownloadDestination, field: string): Promise<void> {
  if (typeof destination !== 'string' || platform.files === undefined) return;
  const folder = destination.replace(/[^/\\]+$/, '') || '.';
  const [above, own] = await Promise.all([
    platform.files.facts(folder).catch(() => undefined),
    platform.files.facts(destination).catch(() => undefined),
  ]);
  const at = JSON.stringify(destination);
  if (own?.kind === 'folder')
    throw new OptionError({ field, accepted: `the path of a file, and ${at} is a folder` });
  if (above?.kind !== 'folder') {
    throw new OptionError({
      field,
      accepted: `a path in a folder that exists, unlike that of ${at}`,
      hint: 'Make the folder first.',
    });
  }
}
