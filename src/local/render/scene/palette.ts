import { between, type Random } from '../random.js';

/** The time of day decides how bright a scene is, and how its sky runs. */
export type Mood = 'day' | 'dusk' | 'night';

/** The colours of a scene: everything in it is mixed from two hues. */
export interface Palette {
  mood: Mood;
  /** Hue of what is large: sky, water, ground. In degrees. */
  base: number;
  /** Hue of what shines. In degrees. */
  accent: number;
  /** Sky, from top to horizon. */
  sky: readonly [string, string, string];
}

/** A CSS colour of a hue (degrees), saturation and lightness (percent), and opacity. */
export function hsl(hue: number, saturation: number, lightness: number, alpha = 1): string {
  return `hsla(${Math.round(((hue % 360) + 360) % 360)}, ${saturation}%, ${lightness}%, ${alpha})`;
}

/** Colours that words ask for, in English and Chinese. */
const HUES: readonly (readonly [RegExp, number])[] = [
  [/\bred\b|红/, 355],
  [/\borange\b|\bautumn|\bfall\b|橙|秋/, 28],
  [/\bgold|\byellow|\bdesert|\bwarm|金|黄(?!昏)|暖/, 44],
  [/\bgreen|\bforest|\bspring\b|\bnature|绿|森|春/, 140],
  [/\bteal|\bturquoise|\bmint/, 175],
  [/\bblue\b|\bocean|\bsea\b|\bwinter|\bcold\b|蓝|海|冬/, 212],
  [/\bpurple|\bviolet|\bneon|紫/, 272],
  [/\bpink|\brose|\bsakura|粉|樱/, 332],
];

const MOODS: readonly (readonly [RegExp, Mood])[] = [
  [/\bnight|\bdark|\bneon|\bmidnight|\bstar|夜|星|霓/, 'night'],
  [/\bsunset|\bsunrise|\bdusk|\bdawn|\bgolden hour|\bevening|夕|晚|晨|黄昏|日落|日出/, 'dusk'],
  [/\bday\b|\bbright|\bmorning|\bsunny|\bclean|\bfresh|\bwhite|白天|明亮|清新/, 'day'],
];

/** The colours that a scene's words ask for; what they leave open is decided by chance. */
export function choosePalette(words: string, usual: Mood, random: Random): Palette {
  const text = words.toLowerCase();
  const mood = MOODS.find(([pattern]) => pattern.test(text))?.[1] ?? usual;
  const free = mood === 'dusk' ? between(random, 220, 290) : between(random, 170, 330);
  const base = HUES.find(([pattern]) => pattern.test(text))?.[1] ?? free;
  const accent = mood === 'dusk' ? between(random, 14, 38) : base + between(random, 40, 80);
  return { mood, base, accent, sky: skyOf(mood, base, accent) };
}

function skyOf(mood: Mood, base: number, accent: number): Palette['sky'] {
  switch (mood) {
    case 'day':
      return [hsl(base, 62, 62), hsl(base - 8, 66, 78), hsl(accent, 70, 93)];
    case 'dusk':
      return [hsl(base, 48, 24), hsl(accent - 30, 58, 50), hsl(accent + 8, 92, 68)];
    case 'night':
      return [hsl(base, 55, 7), hsl(base + 6, 52, 15), hsl(base + 26, 50, 30)];
  }
}
