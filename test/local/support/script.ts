import { type AgentPlan, type AgentTurn, edit, say } from '../../../src/local/agent/index.js';
import type { LocalDraft } from '../../../src/local/dialect.js';

/** A timeline of one scene and one title. */
export function draftOf(title: string): LocalDraft {
  return {
    t: [
      {
        tt: 0,
        id: 'v1',
        m: { name: 'pictures' },
        sg: [
          {
            id: 's1',
            s: 0,
            d: 4000,
            m: { name: 'a harbour', src: 'local:scene/1?words=harbour', kind: 'scene' },
          },
        ],
      },
      {
        tt: 7,
        id: 'x1',
        m: { name: 'title' },
        sg: [{ id: 's2', s: 0, d: 2000, m: { text: title, role: 'title' } }],
      },
    ],
    d: 4000,
    m: { title, width: 1920, height: 1080, fps: 30, seed: 1 },
  };
}

/** What the scripted agent says before and after its work. */
export const OPENING = 'Creating your video, one moment please… ';
export const CLOSING = 'Done! Your title is in. Click the Export button to download it.';

/** An agent that does the same for any message: a title of the message's own words, in two stages. */
export function scriptedPlan({ message }: Pick<AgentTurn, 'message'>): AgentPlan {
  const status = { status: 'success' };
  return {
    steps: [
      say(OPENING),
      edit(() => draftOf('Untitled'), {
        call: { name: 'generate_clip', args: { words: 'harbour' }, response: status },
        takesMs: 100_000,
      }),
      edit(() => draftOf(message), {
        call: { name: 'add_text', args: { text: message }, response: status },
        takesMs: 5_000,
      }),
      say(CLOSING),
    ],
    credits: 50,
  };
}
