import type { LocalDraft } from '../dialect.js';
import { logoIn, picturesIn, soundsIn, wordsIn } from './edits/tracks.js';
import type { NewVideo, Said } from './replies/facts.js';

/** The video in numbers, for whoever asks what is in it. */
export function describe(draft: LocalDraft): Said {
  const [sound] = soundsIn(draft);
  return {
    say: 'describes',
    ms: draft.d,
    pictures: picturesIn(draft).length,
    texts: wordsIn(draft).length,
    logo: logoIn(draft) !== undefined,
    ...(sound && { music: sound.m.name, volume: sound.m.volume ?? 1 }),
  };
}

/** What lies over the pictures. */
export function newVideo(draft: LocalDraft): NewVideo {
  const [sound] = soundsIn(draft);
  const texts = wordsIn(draft);
  const title = texts.find(({ m }) => m.role === 'title');
  return {
    ...(sound && { music: sound.m.name, volume: sound.m.volume ?? 1 }),
    ...(title && { title: title.m.text }),
    captions: texts.filter(({ m }) => m.role === 'caption').length,
    otherTexts: texts.filter(({ m }) => m.role === 'overlay').length,
    logo: logoIn(draft) !== undefined,
  };
}
