import type { NewVideo } from './facts.js';
import { clock, type Phrases, percent, seconds } from './phrases.js';

const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
const quoted = (texts: readonly string[]): string => list(texts.map((text) => `“${text}”`));
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What lies over the pictures of a new video. */
const furniture = (
  { music, volume, title, captions, otherTexts, logo }: NewVideo,
  word: string,
): string[] => [
  ...(music === undefined ? [] : [`${word} ${music} at ${percent(volume ?? 1)}`]),
  ...(title === undefined ? [] : [`the title “${title}”`]),
  ...(captions > 0 ? [count(captions, 'caption')] : []),
  ...(otherTexts > 0 ? [count(otherTexts, 'other text')] : []),
  ...(logo ? ['your logo'] : []),
];

const TEXTS = { title: 'title', caption: 'caption', overlay: 'text', cta: 'closing text', any: 'text' };
const TEXT_CHANGES = { size: 'size', colour: 'colour', place: 'place', times: 'timing' };
const LOGO_CHANGES = { size: 'size', place: 'corner', times: 'timing', opacity: 'transparency' };
const ORDERS = {
  reverse: 'in reverse order',
  shuffle: 'in a random order',
  name: 'in the order of their names',
  list: 'in the order you gave',
};

/** What the agent says in English. The parts that were done begin with a capital, as they stand in a row. */
export const EN: Phrases = {
  removedPictures: ({ names }) => `Removed ${list(names)}.`,
  removedTexts: ({ texts }) => `Removed the text ${quoted(texts)}.`,
  removedMusic: () => 'Removed the music.',
  removedLogo: () => 'Removed the logo.',
  keptOnly: ({ names }) => `Kept only ${list(names)}.`,
  moved: ({ name, place }) => `Moved ${name} to place ${place}.`,
  swapped: ({ a, b }) => `Swapped ${a} and ${b}.`,
  replaced: ({ was, now }) => `Replaced ${was} with ${now}.`,
  inserted: ({ names, place }) => `Added ${list(names)} at place ${place}.`,
  generated: ({ words, place }) =>
    `Generated a clip for “${words}” at place ${place} (the local backend draws a placeholder scene).`,
  duplicated: ({ names }) => `Duplicated ${list(names)}.`,
  ordered: ({ by }) => `The pictures are now ${ORDERS[by]}.`,
  trimmed: ({ name, ms }) =>
    name === undefined ? `Trimmed the video to ${seconds(ms)} s.` : `Trimmed ${name} to ${seconds(ms)} s.`,
  lasts: ({ name, ms }) =>
    name === undefined
      ? `The pictures now last ${seconds(ms)} s each.`
      : `${name} now lasts ${seconds(ms)} s.`,
  total: ({ ms }) => `The video is now ${seconds(ms)} s long.`,
  sped: ({ name, times }) =>
    `${name ?? 'The video'} is now ${times >= 1 ? 'faster' : 'slower'} (${Math.round(times * 100) / 100}×).`,
  aspect: ({ aspect }) => `The frame is now ${aspect}.`,
  fps: ({ fps }) => `The video now has ${fps} frames per second.`,
  transition: ({ type, ms }) =>
    type === 'cut' ? 'Set hard cuts between the pictures.' : `Set crossfades of ${seconds(ms)} s.`,
  motion: ({ motion }) =>
    motion === 'none' ? 'The pictures now stand still.' : 'Changed the movement of the pictures.',
  wrote: ({ text, from, to }) => `Added the text “${text}” from ${clock(from)} to ${clock(to)}.`,
  wroteOver: ({ text, count: number }) => `Added the text “${text}” to ${count(number, 'picture')}.`,
  rewrote: ({ was, now }) =>
    was === now ? `Kept the text “${now}”.` : `Changed the text “${was}” to “${now}”.`,
  captioned: ({ count: number }) => `Wrote ${count(number, 'caption')}.`,
  restyled: ({ texts, changes }) =>
    `Changed the ${list(changes.map((change) => TEXT_CHANGES[change]))} of ${quoted(texts)}.`,
  music: ({ name }) => `The music is now ${name}.`,
  volume: ({ volume }) => `The music volume is now ${percent(volume)}.`,
  fades: ({ fadeIn, fadeOut }) =>
    `The music now ${list([
      ...(fadeIn === undefined
        ? []
        : [fadeIn > 0 ? `fades in over ${seconds(fadeIn)} s` : 'begins without a fade']),
      ...(fadeOut === undefined
        ? []
        : [fadeOut > 0 ? `fades out over ${seconds(fadeOut)} s` : 'ends without a fade']),
    ])}.`,
  musicTimes: ({ from, to }) => `The music now plays from ${clock(from)} to ${clock(to)}.`,
  clipSound: ({ volume }) =>
    volume === 0 ? "Muted the clips' own sound." : `The clips' own sound is now at ${percent(volume)}.`,
  logo: ({ name, corner }) => `The logo ${name} stands ${corner.replace('-', ' ')}.`,
  logoChanged: ({ changes }) => `Changed the logo's ${list(changes.map((change) => LOGO_CHANGES[change]))}.`,

  nothingYet: () =>
    'There is no video yet: ask me to create one first, for example “create a 30-second promotional video with music”.',
  nothingToUse: () => 'There are no uploads to make a video from.',
  onlySoMany: ({ asked, have, kind }) =>
    asked < 0
      ? `There ${have === 1 ? 'is' : 'are'} only ${count(have, kind)}.`
      : `There is no ${kind} ${asked}: the video has ${count(have, kind)}.`,
  noSuchFile: ({ name }) => `There is no upload called “${name}”.`,
  notOnTimeline: ({ name }) => `${name} is not on the timeline.`,
  whichOne: ({ have, kind }) =>
    `Which ${kind} do you mean? There are ${have}; say for example “the second ${kind}”.`,
  unknownThing: ({ words }) => `I found nothing called “${words}” in the video.`,
  lastPicture: () => 'A video needs at least one picture, so I left it.',
  noText: ({ role }) => `There is no ${TEXTS[role]} in the video.`,
  noSuchText: ({ text }) => `There is no text “${text}” in the video.`,
  noMusic: () => 'There is no music in the video.',
  noLogo: () => 'There is no logo in the video.',
  noLogoFile: () => 'I found no logo: upload an image with “logo” in its name.',
  noSoundFile: () => 'No audio file has been uploaded.',
  noClip: () => 'There is no clip for that in the video.',
  notASound: ({ name }) => `${name} is not an audio file.`,
  notAPicture: ({ name }) => `${name} is not a picture.`,
  nothingNew: () => 'There is no upload that is not in the video already.',
  whatWords: () => 'Which words shall I write? Put them in quotation marks.',
  namesSayNothing: () =>
    'The file names say nothing that could be a caption; give me the words in quotation marks.',
  sourceTooShort: ({ name, ms }) => `${name} has no more than ${seconds(ms)} s to give.`,
  tooShort: ({ ms }) => `That would be too short; it takes at least ${seconds(ms)} s.`,
  tooLong: ({ ms }) => `That would be too long; I make videos of up to ${seconds(ms)} s.`,
  noRoom: ({ text }) => `There is no room for “${text}”: other words stand in that place at that time.`,
  outside: ({ ms }) => `That time is outside the video, which is ${seconds(ms)} s long.`,
  alreadySo: ({ words }) => `Nothing to change there: it is so already (${words}).`,
  onlyOnePicture: () => 'That takes at least two pictures.',
  noScreenSide: () => 'The logo can stand in one of the four corners.',
  cannot: ({ words }) => `“${words}” is beyond what this backend can do.`,
  noUndo: () => 'I keep no history to undo from; tell me what to change back.',
  notUnderstood: ({ words }) => `I did not understand “${words}”, so I left that alone.`,
  leftAlone: () => 'Left alone, as you wish.',
  describes: ({ ms, pictures, texts, logo, music, volume }) =>
    `The video is ${seconds(ms)} s long: ${list([
      count(pictures, 'picture'),
      music === undefined ? 'no music' : `${music} at ${percent(volume ?? 1)}`,
      texts === 0 ? 'no text' : count(texts, 'text'),
      logo ? 'a logo' : 'no logo',
    ])}.`,
  exportNow: () => 'Your video is ready. Click the Export button to download it.',
  help: () =>
    'I am a rule-based editor, not a language model. I understand requests such as “create a 30-second promotional video with music and text overlays”, ' +
    '“make the title bigger and cut the second photo”, “show ‘Summer Sale’ from 5s to 8s”, “music at 35%”, “logo top left”, “make it vertical”, ' +
    '“crossfades of 1 second”, “trim the clip to the first 4 seconds” or “move the last photo to the front”.',
  nothingUnderstood: () => 'I did not understand that, and I changed nothing.',

  laysPictures: ({ pictures }) => `Arranging your ${count(pictures, 'picture')}… `,
  generatesClips: ({ clips, words }) => `Generating ${count(clips, 'clip')} for “${words}”… `,
  furnishes: (video) => `Adding ${list(furniture(video, 'the music'))}… `,
  created: ({ ms, pictures, scenes, repeated, left, ...video }) =>
    [
      `Your ${seconds(ms)}-second video is ready: ${list([count(pictures, scenes === pictures ? 'scene' : 'picture'), ...furniture(video, 'music')])}.`,
      ...(scenes > 0
        ? ['The local backend has no generative model: it draws placeholder scenes for your words.']
        : []),
      ...(repeated ? ['There was too little material for that length, so it repeats.'] : []),
      ...(left > 0 ? [`${count(left, 'picture')} found no time in it.`] : []),
    ].join(' '),
};

/** The sentences around them. */
export const EN_FRAME = {
  done: 'Done!',
  notDone: 'What I did not do:',
  space: ' ',
  preview: 'Open the timeline panel to preview.',
  export: 'Click the Export button to download it, or open the timeline panel to preview.',
};
