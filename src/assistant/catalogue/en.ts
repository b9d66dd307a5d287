import type { Catalogue } from './catalogue.js';

const list = (items: readonly string[], last: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
const files = (count: number): string => (count === 1 ? 'your file' : `${count} files`);
const named = (file: string | undefined): string => (file === undefined ? 'That file' : `“${file}”`);

/** What the assistant says in English. */
export const ENGLISH: Catalogue = {
  connecting: 'Setting up your project…',
  reconnecting: 'Picking up your project where we left it…',
  queued: 'I’ll get to that as soon as the work under way is done.',
  uploading: (count) => `Uploading ${files(count)}…`,
  uploaded: (names) => `Got ${list(names, 'and')}.`,
  working: 'On it…',
  stillWorking: (minutes) => `Still working… (${minutes} ${minutes === 1 ? 'minute' : 'minutes'} so far)`,
  recovering: 'The connection dropped; I’m checking what came of your request. Nothing is sent twice.',
  catchingUp: 'First I’m checking what came of your last request…',
  firstStage: 'The pictures are in place; the finishing touches come next.',
  changed: (changes) =>
    changes.length === 1
      ? `Done. ${changes[0]}.`
      : `Done:\n${changes.map((change) => `• ${change}`).join('\n')}`,
  unchanged: 'Nothing changed on the timeline this time.',
  emptyTimeline:
    'The timeline is still empty. Send me pictures or clips, or describe the video you have in mind.',
  media: (names) => `Your files: ${list(names, 'and')}.`,
  credits: (available, frozen) =>
    `You have ${available} ${available === 1 ? 'credit' : 'credits'} left${frozen > 0 ? `; ${frozen} more are set aside for work under way` : ''}.`,
  exporting: 'Exporting your video. That usually takes 30 to 90 seconds.',
  exportProgress: (percent) => `Exporting: ${percent} %`,
  uploadProgress: (percent) => `Uploading: ${percent} %`,
  downloadProgress: (percent) => `Saving: ${percent} %`,
  file: ({ place, size, seconds, claimUrl }) => {
    const facts = [`${seconds} seconds`, ...(size === undefined ? [] : [size])].join(', ');
    const keep =
      claimUrl === undefined ? '' : `\nThis link keeps the project in your own account: ${claimUrl}`;
    return `Your video is ready (${facts})${place === undefined ? '.' : `: ${place}`}${keep}`;
  },
  askForFiles: 'Please send me the files. MP4, MOV, JPG and PNG work best, up to 500 MB each.',
  askForMessage: 'What would you like me to make?',
  stopped: 'Stopped. If your request had already been sent, the edit may still appear on the timeline.',
  doItYourself: (phrases) => `Please do this yourself, I have no screen: ${phrases.join('; ')}`,
  suggest: (suggestions) =>
    `You could say next: ${list(
      suggestions.map((words) => `“${words}”`),
      'or',
    )}.`,
  suggestions: {
    create: ['Make a 15-second video with music and a title', 'Make a slideshow with crossfades'],
    music: 'Add calm music',
    title: 'Add the title “Hello”',
    captions: 'Add captions',
    bigger: 'Make the title bigger',
    quieter: 'Set the music to 20%',
    export: 'Export',
    shorter: 'Make it 10 seconds long',
    vertical: 'Make it vertical',
  },
  tips: {
    beSpecific:
      'Tip: the more precise, the better: say what, where and when, such as “show ‘Summer Sale’ from 5s to 8s”.',
    fewImages: 'Tip: videos of fewer than 10 images render fastest.',
    formats: 'Tip: MP4, MOV, JPG and PNG work best, up to 500 MB each.',
  },
  errors: {
    credits: () => 'Your credits are used up. Top up your account on the website, then say that again.',
    creditsAnonymous: ({ registerUrl }) =>
      `The free credits are used up. Register to get more and keep this project: ${registerUrl ?? 'on the website'}`,
    exportNotAllowed: () =>
      'Exporting isn’t part of this account’s plan. Register or change the subscription on the website, then ask again; more credits won’t help here.',
    unsupportedMedia: ({ file, formats }) =>
      `${named(file)} isn’t a file I can use. Send one of these instead: ${list(formats, 'or')}.`,
    mediaTooLarge: ({ file, limit }) =>
      `${named(file)} is larger than ${limit}. Trim or compress it, then send it again.`,
    mediaMissing: () => 'I couldn’t find or open one of those files. Check where it is, then send it again.',
    mediaChanged: ({ file }) =>
      `${named(file)} could not be read to its end. Send it again when nothing writes to it any more.`,
    nothingToExport: () =>
      'There’s nothing to export yet. Send me pictures or clips, or describe the video you have in mind.',
    renderFailed: () =>
      'The export failed, but your timeline is safe. Ask for it again; if it keeps failing, try fewer or shorter clips.',
    renderTimeout: () => 'The export is taking far longer than usual. Ask for it again in a few minutes.',
    download: () =>
      'The video is finished, but I couldn’t save it here. Ask for it again, or check the free disk space first.',
    sessionGone: () => 'This project no longer exists. Send me your files again and we’ll start a new one.',
    authentication: () =>
      'The service no longer accepts this sign-in. Sign in again, then repeat what you said.',
    tokenLater: ({ until }) =>
      `The free sign-in is used up for now. Register on the website, or come back after ${until ?? 'some days'}.`,
    rateLimit: ({ waitSeconds }) => `The service is busy. Wait ${waitSeconds} seconds, then say that again.`,
    unreachable: () => 'I can’t reach the service. Check the connection, then say that again.',
    interrupted: () =>
      'The connection broke and nothing changed on the timeline. Wait a few minutes, then say that again.',
    outcomeUnknown: () =>
      'The connection broke and I don’t know yet whether your edit was made. Ask me for the status before you repeat it.',
    agentFailed: () => 'The editor couldn’t carry that out. Try to put it another way, or in smaller steps.',
    other: () => 'Something went wrong at the service. Try again in a moment.',
  },
};
