import type { AgentInput, AgentPlan } from './agent/plan.js';
import type { LocalDraft } from './dialect.js';

/** Stands in for the agent until it lands: lays the uploads in a row and writes the message's quoted words over them. */
export function interimPlan({ message, media, draft, random }: AgentInput): AgentPlan {
  const pictures = media.filter((one) => one.kind !== 'audio');
  const title = /["“«](.+?)["”»]/.exec(message)?.[1] ?? 'My video';
  const scenes =
    pictures.length > 0 ? pictures : [{ name: 'scene', url: 'local:scene/1', kind: 'scene' as const }];
  const next: LocalDraft = {
    t: [
      {
        tt: 0,
        id: 'v1',
        m: { name: 'pictures' },
        sg: scenes.map((one, index) => ({
          id: `p${index}`,
          s: index * 2000,
          d: 2000,
          m: {
            name: one.name,
            src: one.url,
            kind: one.kind === 'video' ? 'video' : one.kind === 'scene' ? 'scene' : 'image',
          },
        })),
      },
      {
        tt: 7,
        id: 't1',
        m: { name: 'title' },
        sg: [{ id: 'x1', s: 0, d: 2000, m: { text: title, role: 'title' } }],
      },
    ],
    d: scenes.length * 2000,
    m: { title, width: 1920, height: 1080, fps: 30, seed: 1 },
  };
  const silent = random() < 0.3;
  return {
    understood: true,
    stages: [
      {
        text: draft === null ? 'Creating your video… ' : '',
        call: { name: 'edit_multitrack', args: { op: 'arrange' }, response: { status: 'success' } },
        draft: next,
        takesMs: 20_000,
      },
    ],
    reply: silent ? '' : 'Done! Click the Export button to download it.',
    credits: 50,
  };
}
