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
    const evening = context.createLinearGradient(width * 0.2, 0, width * 0.35, height);
    evening.addColorStop(0, `hsl(${base + 16}, 48%, ${lightness * 0.5}%)`);
    evening.addColorStop(0.55, `hsl(${base}, 52%, ${lightness * 0.85}%)`);
    evening.addColorStop(1, `hsl(${accent}, 62%, ${lightness * 1.1}%)`);
    context.fillStyle = evening;
    context.fillRect(0, 0, width, height);
    for (let lamp = 0; lamp < 6; lamp++) {
      const [x, y] = [random() * width, random() * height];
      const radius = between(random, 0.22, 0.5) * Math.max(width, height);
      const color = `${lamp % 2 ? base : accent}, 70%, ${lightness * between(random, 0.8, 1.45)}%`;
      const glow = context.createRadialGradient(x, y, 0, x, y, radius);
      for (let stop = 0; stop <= 8; stop++) {
        // Half a wave: light without an edge.
        glow.addColorStop(stop / 8, `hsla(${color}, ${0.26 * (1 + Math.cos((stop / 8) * Math.PI))})`);
      }
      context.fillStyle = glow;
      context.fillRect(0, 0, width, height);
    }
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
  [/\bcit(?:y|ies)\b|\bnight|城|夜/, 235],
  [/\bpink|\bsakura|粉|樱/, 332],
];

/** The time of day decides how bright it is. */
const LIGHTS: readonly (readonly [RegExp, number])[] = [
  [/\bnight|\bdark|\bneon|\bmidnight|\bstars?\b|\bspace\b|夜|星|霓|宇宙/, 30],
  [/\bday\b|\bbright|\bmorning|\bsunny|\bclean|\bfresh|\bwhite|白天|明亮|清新|早/, 74],
];

function colorsOf(words: string, random: Random): { base: number; accent: number; lightness: number } {
  const text = words.toLowerCase();
  const free = random() * 360;
  const base = HUES.find(([pattern]) => pattern.test(text))?.[1] ?? free;
  const lightness = LIGHTS.find(([pattern]) => pattern.test(text))?.[1] ?? 52;
  return { base, accent: base - between(random, 18, 42), lightness };
}
