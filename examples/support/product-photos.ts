import { fileURLToPath } from 'node:url';

/** Five product photos (JPEG, 2000×1500) and a logo (PNG with a transparent background), the logo last. */
export const PRODUCT_PHOTOS: readonly string[] = [
  'mug.jpg',
  'sneaker.jpg',
  'watch.jpg',
  'plant.jpg',
  'headphones.jpg',
  'logo.png',
].map((name) => fileURLToPath(new URL(`../media/${name}`, import.meta.url)));
