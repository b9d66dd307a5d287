import { type AgentPlan, priced, Replies } from '../../../src/local/agent/index.js';
import type { LocalDraft, LocalMedia } from '../../../src/local/dialect.js';

/** An upload as the backend would describe it. */
export const upload = (
  name: string,
  kind: LocalMedia['kind'] = 'image',
  durationMs?: number,
): LocalMedia => ({
  name,
  kind,
  url: `https://cdn.test/${name}`,
  path: `/uploads/${name}`,
  bytes: 1000,
  ...(durationMs !== undefined && { durationMs }),
});

/** Four photos, one of them from a camera, and a logo. */
export const CAFE = ['espresso.jpg', 'green-tea.jpg', 'DSC_0042.jpg', 'cake.png', 'cafe-logo.png'].map(
  (name) => upload(name),
);

/** Two clips and a song. */
export const TRIP = [
  upload('harbour.mp4', 'video', 10_000),
  upload('market.mov', 'video', 6_000),
  upload('song.mp3', 'audio', 7_000),
];

/** What came of a message. */
export interface Answer {
  readonly draft: LocalDraft | null;
  /** How many timelines came on the way. */
  readonly stages: number;
  readonly reply: string;
  readonly credits: number;
}

/** Sends a message to the built-in agent. Never silent, unless `random` says so. */
export async function tell(
  message: string,
  {
    draft = null,
    media = CAFE,
    credits = 1000,
    language = 'en',
    random = talkative(),
    agent = new Replies(undefined),
  }: {
    draft?: LocalDraft | null;
    media?: readonly LocalMedia[];
    credits?: number;
    language?: string;
    random?: () => number;
    agent?: { planFor(turn: Parameters<Replies['planFor']>[0]): Promise<AgentPlan> };
  } = {},
): Promise<Answer> {
  const plan = priced(
    await agent.planFor({ message, language, draft, media, credits, random }),
    draft !== null,
  );
  let now = draft;
  let stages = 0;
  for (const step of plan.steps) {
    if (step.do !== 'edit') continue;
    const copy = structuredClone(now ?? EMPTY);
    const next: unknown = step.edit(copy);
    now = isDraft(next) ? next : copy;
    stages += 1;
  }
  const reply = plan.steps.findLast((step) => step.do === 'say');
  return { draft: now, stages, reply: reply?.do === 'say' ? reply.text : '', credits: plan.credits };
}

const EMPTY: LocalDraft = { t: [], d: 0, m: { title: '', width: 1920, height: 1080, fps: 30, seed: 1 } };
const isDraft = (value: unknown): value is LocalDraft =>
  typeof value === 'object' && value !== null && 't' in value;

/** Numbers that never make an edit silent. */
function talkative(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return 0.3 + (0.7 * state) / 2_147_483_647;
  };
}

const s = (ms: number): string => `${Math.round(ms / 100) / 10}`;

/** A timeline as lines that a person can check. */
export function lines(draft: LocalDraft | null): string[] {
  if (!draft) return [];
  const [base] = draft.t.flatMap((track) => (track.tt === 0 && track.m.role !== 'overlay' ? [track.sg] : []));
  const rows = draft.t.flatMap((track): string[] => {
    if (track.tt === 7)
      return track.sg.map(
        ({ m, s: at, d }) =>
          `${m.role} “${m.text}” ${s(at)}-${s(at + d)}s ${m.position}${m.color ? ` ${m.color}` : ''}${m.size ? ` ${m.size}` : ''}`,
      );
    if (track.tt === 1) {
      const [first, last] = [track.sg[0], track.sg.at(-1)];
      if (!first || !last) return [];
      const fades = `${s(first.m.fadeIn ?? 0)}/${s(last.m.fadeOut ?? 0)}`;
      const loud = `${Math.round((first.m.volume ?? 1) * 100)}%`;
      return [`music ${first.m.name} ${loud} ${s(first.s)}-${s(last.s + last.d)}s fades ${fades}`];
    }
    return track.m.role === 'overlay'
      ? track.sg.map(({ m, s: at, d }) => `logo ${m.name} ${m.position} ${m.scale} ${s(at)}-${s(at + d)}s`)
      : [];
  });
  const joins = (base ?? []).slice(1).map(({ m }) => (m.transition?.d ? s(m.transition.d) : 'cut'));
  return [
    `length ${s(draft.d)}s`,
    `frame ${draft.m.width}x${draft.m.height}`,
    `pictures ${(base ?? []).map(({ m, d }) => `${m.name} ${s(d)}s${m.in ? ` from ${s(m.in)}s` : ''}${m.speed ? ` ${m.speed}x` : ''}${m.volume === undefined ? '' : ` ${m.volume * 100}%`}`).join(', ')}`,
    `joins ${joins.join(' ')}`,
    ...rows,
  ];
}

/** What changed from one timeline to another: the lines that went, with a minus, and those that came. */
export function difference(before: LocalDraft | null, after: LocalDraft | null): string[] {
  const [old, now] = [lines(before), lines(after)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)),
  ];
}
