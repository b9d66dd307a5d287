import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawHeadphones } from './products/headphones.js';
import { drawLogo } from './products/logo.js';
import { drawMug } from './products/mug.js';
import { drawPlant } from './products/plant.js';
import { drawSneaker } from './products/sneaker.js';
import { drawWatch } from './products/watch.js';

const PRODUCTS = {
  'mug.jpg': drawMug,
  'sneaker.jpg': drawSneaker,
  'watch.jpg': drawWatch,
  'plant.jpg': drawPlant,
  'headphones.jpg': drawHeadphones,
} as const;

/**
 * Draws five product photos (JPEG, 2000×1500) and a logo (PNG with a transparent background) into a folder, which is
 * created if it does not exist. Returns their paths, the logo last. Drawn by code, so that the repository needs no
 * stock photos.
 */
export async function drawProductPhotos(dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  const paths: string[] = [];
  for (const [name, draw] of Object.entries(PRODUCTS)) {
    const path = join(dir, name);
    await writeFile(path, await draw().encode('jpeg', 92));
    paths.push(path);
  }
  const logo = join(dir, 'logo.png');
  await writeFile(logo, await drawLogo().encode('png'));
  return [...paths, logo];
}
