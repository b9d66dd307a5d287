import { createCanvas } from '@napi-rs/canvas';
import { between, deriveSeed, type Random, seededRandom } from '../random.js';
import { type Fonts, makeLegible } from './fonts.js';
import { safeArea } from './place.js';
import type { Paint } from './stills.js';

/**
 * The ground of generated clips: a field of light in the colours that their words ask for, with the words in a corner. It
 * says what a clip would show, and claims no more.
 */
export function paintLight(words: string, seed: number, fonts: Fonts): Paint {
  const { text } = makeLegible(words, fonts);
  return (canvas) => {
    const random = seededRandom(deriveSeed(seed, `light ${words}`));
    const { width, height } = canvas;
    const context = canvas.getContext('2d');
    const { base, accent, lightness } = colorsOf(words, random);
    // Drawn small and enlarged: light has no edges.
    const small = createCanvas(240, Math.max(2, Math.round((240 * height) / width)));
    const light = small.getContext('2d');
    light.fillStyle = `hsl(${base}, 52%, ${lightness * 0.5}%)`;
    light.fillRect(0, 0, small.width, small.height);
    for (let lamp = 0; lamp < 7; lamp++) {
      const [x, y] = [random() * small.width, random() * small.height];
      const radius = between(random, 0.35, 0.8) * small.height;
      const hue = (lamp % 2 ? base : accent) + between(random, -14, 14);
      const glow = light.createRadialGradient(x, y, 0, x, y, radius);
      for (let stop = 0; stop <= 6; stop++) {
        const alpha = 0.75 * (0.5 + 0.5 * Math.cos((stop / 6) * Math.PI));
        glow.addColorStop(
          stop / 6,
          `hsla(${hue}, 68%, ${lightness * between(random, 0.9, 1.15)}%, ${alpha})`,
        );
      }
      light.fillStyle = glow;
      light.fillRect(0, 0, small.width, small.height);
    }
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, 0, 0, width, height);
    if (text === undefined) return;
    // Inside of what the camera shows at its closest.
    const safe = safeArea({ width: width / 1.1, height: height / 1.1 });
    const size = Math.min(width, height) * 0.036;
    context.font = `${size}px ${fonts.stack('medium')}`;
    context.fillStyle = lightness > 60 ? 'rgba(0, 0, 0, 0.5)' : 'rgba(255, 255, 255, 0.62)';
    context.fillText(text, safe.left + width * 0.05, safe.top + height * 0.05 + size, width * 0.6);
  };
}

/** Behind, before and between pictures: dark, never black. */
export function paintGround(seed: number): Paint {
  return (canvas) => {
    const hue = 170 + seededRandom(deriveSeed(seed, 'ground'))() * 160;
    const context = canvas.getContext('2d');
    const gradient = context.createLinearGradient(0, 0, 0, canvas.height);
    gradient.addColorStop(0, `hsl(${hue}, 55%, 7%)`);
    gradient.addColorStop(0.6, `hsl(${hue + 6}, 52%, 15%)`);
    gradient.addColorStop(1, `hsl(${hue + 26}, 50%, 30%)`);
    context.fillStyle = gradient;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
}

/** Hues (degrees) that words ask for, in English and Chinese. */
const HUES: readonly (readonly [RegExp, number])[] = [
  [/\bred\b|\brose|红/, 355],
  [/\borange\b|\bautumn|\bsun(?:set|rise)|\bcoffee|橙|秋|日落|日出|咖啡/, 26],
  [/\bgold|\byellow|\bdesert|\bwarm|金|黄|暖/, 42],
  [/\bgreen|\bforest|\bspring\b|\bnature|\bmountain|绿|森|春|山|自然/, 140],
  [/\bblue\b|\bocean|\bsea\b|\bwater|\bwinter|\bsky\b|蓝|海|水|冬/, 212],
  [/\bpurple|\bviolet|\bneon|\bspace\b|\bgalax|紫|霓|宇宙|星空/, 272],
  [/\bpink|\bsakura|粉|樱/, 332],
];

/** The time of day decides how bright it is. */
const LIGHTS: readonly (readonly [RegExp, number])[] = [
  [/\bnight|\bdark|\bneon|\bmidnight|\bstars?\b|\bspace\b|夜|星|霓|宇宙/, 34],
  [/\bday\b|\bbright|\bmorning|\bsunny|\bclean|\bfresh|\bwhite|白天|明亮|清新|早/, 74],
];

function colorsOf(words: string, random: Random): { base: number; accent: number; lightness: number } {
  const text = words.toLowerCase();
  const free = random() * 360;
  const base = HUES.find(([pattern]) => pattern.test(text))?.[1] ?? free;
  const lightness = LIGHTS.find(([pattern]) => pattern.test(text))?.[1] ?? 52;
  return { base, accent: base + between(random, 35, 75), lightness };
}
