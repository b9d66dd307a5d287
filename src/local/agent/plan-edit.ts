import type { LocalDraft } from '../dialect.js';
import { answer, unread } from './answer.js';
import { apply } from './edits/apply.js';
import type { Setting, World } from './edits/tracks.js';
import type { AgentPlan } from './plan.js';
import type { Reading } from './reading/read.js';
import type { Request } from './reading/request.js';
import type { Said } from './replies/facts.js';
import type { Speaker } from './replies/reply.js';
import { CREDITS, generationTime, SILENT_SHARE, TAKES } from './tariff.js';
import { callFor } from './tool-call.js';

/** Reasons that mean: this asked for something that the agent has no notion of. */
const BEYOND: readonly Said['say'][] = ['cannot', 'notUnderstood', 'unknownThing'];

/** Beside something that was done these leave nothing undone. */
const SATISFIED: readonly Said['say'][] = ['leftAlone', 'alreadySo'];

/** Changes an existing video: every part of the message that can be met, in order. */
export function planEdit(
  reading: Reading,
  before: LocalDraft,
  setting: Setting,
  speaker: Speaker,
): AgentPlan {
  let draft = before;
  let world: World = { ...setting, seen: before };
  let clips = 0;
  const met: Request[] = [];
  const done: Said[] = [];
  const refused: Said[] = [];
  for (const { requests, afterwards } of reading.parts) {
    if (afterwards) world = { ...setting, seen: draft };
    for (const request of requests) {
      const result = apply(draft, request, world);
      draft = result.draft;
      const { outcome } = result;
      if ('refused' in outcome) {
        refused.push(outcome.refused);
        continue;
      }
      met.push(request);
      done.push(outcome.done);
      clips += outcome.generated ?? 0;
    }
  }
  refused.push(...unread(reading.parts.filter((part) => part.requests.length === 0)));
  const reasons = done.length > 0 ? refused.filter(({ say }) => !SATISFIED.includes(say)) : refused;
  if (met.length === 0) {
    const strange = reasons.every(({ say }) => BEYOND.includes(say));
    return answer(!strange, strange ? speaker.say(...reasons, { say: 'help' }) : speaker.say(...reasons));
  }
  const silent = reasons.length === 0 && setting.random() < SILENT_SHARE;
  const small = met.length > clips ? CREDITS.edit : 0;
  return {
    understood: true,
    stages: [
      {
        text: '',
        call: callFor(met, draft),
        draft,
        takesMs: clips > 0 ? generationTime(clips) : TAKES.edit,
      },
    ],
    reply: silent ? '' : speaker.report(done, reasons, 'preview'),
    credits: clips * CREDITS.clip + small,
  };
}
