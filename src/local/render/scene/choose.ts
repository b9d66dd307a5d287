import { deriveSeed, seededRandom } from '../random.js';
import type { Size } from '../settings.js';
import { city } from './city.js';
import { choosePalette, type Mood } from './palette.js';
import { ribbons } from './ribbons.js';
import { ridges } from './ridges.js';
import type { PaintScene, PrepareScene } from './scene.js';
import { sea } from './sea.js';
import { space } from './space.js';
import { studio } from './studio.js';

/** What words ask for, in English and Chinese; the first that fits is drawn. */
const SUBJECTS: readonly { words: RegExp; scene: PrepareScene; mood: Mood }[] = [
  {
    words: /\bspace\b|\bgalax|\bcosm|\bplanet|\buniverse|\bastro|\bstar(?:s|ry)?\b|宇宙|太空|银河|星空|行星/,
    scene: space,
    mood: 'night',
  },
  {
    words:
      /\bsea\b|\bocean|\bbeach|\bwaves?\b|\bcoast|\bwater\b|\blake|\briver|\bsurf|\bisland|海|沙滩|波浪|湖|江|河/,
    scene: sea,
    mood: 'dusk',
  },
  {
    words:
      /\bcit(?:y|ies)\b|\burban|\bskyline|\bstreet|\btown|\bbuildings?\b|\bneon|\btokyo|\bshanghai|\bnew york|城市|都市|街|夜景|上海|东京|纽约/,
    scene: city,
    mood: 'night',
  },
  {
    words:
      /\bmountain|\bhills?\b|\bforest|\bnature|\blandscape|\bvalley|\bsunset|\bsunrise|\btravel|\bhik|山|森林|自然|风景|日落|日出|旅/,
    scene: ridges,
    mood: 'dusk',
  },
  {
    words:
      /\bproducts?\b|\bcoffee|\bshoe|\bsneaker|\bwatch|\bphone|\bcosmetic|\bperfume|\bskincare|\bstore\b|\bshop|\bsale\b|\bbrand|产品|商品|咖啡|鞋|手表|手机|化妆|香水|店|促销|品牌/,
    scene: studio,
    mood: 'day',
  },
];

/** A scene for a few words; `number` tells scenes of the same words apart. */
export function prepareScene(number: string, words: string, seed: number, frame: Size): PaintScene {
  const random = seededRandom(deriveSeed(seed, `scene ${number} ${words}`));
  const { scene, mood } = SUBJECTS.find((subject) => subject.words.test(words.toLowerCase())) ?? {
    scene: ribbons,
    mood: 'night' as const,
  };
  return scene(frame, choosePalette(words, mood, random), random);
}
