// The main job of the library, in whatever runtime imports this: two pictures and a sentence become a video, over
// loopback. No import here, because each runtime brings the package its own way.

/** Two PNG pictures of 16 × 9, one red, one blue. */
const PICTURES = [
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAIAAAC0SDtlAAAAFElEQVR4nGM4oWFDEmIY1TAoNAAAsliowdN6jIAAAAAASUVORK5CYII=',
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAIAAAC0SDtlAAAAFElEQVR4nGPQqDhBEmIY1TAoNAAAHSvKgVpV8TkAAAAASUVORK5CYII=',
];

/** Does the job and tells what came of it, as plain JSON. */
export async function mainJob({ NemoVideo, timelineSVG, VERSION }, baseUrl) {
  const requests = {};
  const nemo = new NemoVideo({
    baseUrl,
    webUrl: baseUrl,
    credentialStore: false,
    poll: { minMs: 100, maxMs: 500 },
    middleware: [
      (request, next, { operation }) => {
        requests[operation] = (requests[operation] ?? 0) + 1;
        return next(request);
      },
    ],
  });
  const file = [];
  const task = nemo.createVideo({
    media: PICTURES.map((base64, index) => ({
      name: `picture-${index}.png`,
      data: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    })),
    prompt: 'Make a 6-second video of these two pictures with music',
    download: (chunk) => {
      file.push(...chunk);
    },
  });
  const phases = [];
  for await (const { phase } of task) if (phases.at(-1) !== phase) phases.push(phase);
  const { timeline, bytes } = await task.result();
  return {
    version: VERSION,
    phases,
    requests,
    tracks: timeline.tracks.length,
    durationMs: timeline.durationMs,
    bytes,
    received: file.length,
    fileType: String.fromCharCode(...file.slice(4, 8)),
    svg: timelineSVG(timeline).startsWith('<svg'),
  };
}

/** What is wrong with the outcome of a job, in words; undefined when nothing is. */
export function complaint(outcome, version) {
  const { requests = {} } = outcome;
  const expected = [
    [outcome.error === undefined, String(outcome.error)],
    [outcome.version === version, `the package's version is ${outcome.version}`],
    [outcome.phases?.at(-1) === 'done', `phases ${outcome.phases}`],
    [requests.upload === 2, `${requests.upload} uploads`],
    [requests.run === 1, `${requests.run} messages sent`],
    [requests['render.submit'] === 1, `${requests['render.submit']} renders`],
    [outcome.tracks > 0 && outcome.durationMs > 0, `${outcome.tracks} tracks, ${outcome.durationMs} ms`],
    [outcome.fileType === 'ftyp', `a file of type ${outcome.fileType}`],
    [
      outcome.received > 0 && outcome.received === outcome.bytes,
      `${outcome.received} of ${outcome.bytes} bytes`,
    ],
    [outcome.svg === true, 'no picture of the timeline'],
  ];
  return expected.find(([holds]) => !holds)?.[1];
}
