import { answer } from './answer.js';
import { briefOf } from './compose/brief.js';
import { type Creation, create, outOfBounds } from './compose/create.js';
import { newVideo } from './describe.js';
import { logoIn, picturesIn, type Setting, soundsIn, wordsIn } from './edits/tracks.js';
import type { AgentInput, AgentPlan, AgentStage } from './plan.js';
import type { Reading } from './reading/read.js';
import type { Said } from './replies/facts.js';
import type { Speaker } from './replies/reply.js';
import { CREDITS, generationTime, TAKES } from './tariff.js';

/** A new video, in the two stages of the service: first its pictures, then music, words and logo. */
export function planCreation(
  reading: Reading,
  input: AgentInput,
  setting: Setting,
  speaker: Speaker,
): AgentPlan {
  const brief = briefOf(reading, input.media);
  const bounds = outOfBounds(brief);
  if (bounds) return answer(true, speaker.say(bounds));
  const creation = create(brief, setting, input.credits);
  const { finished, scenes, uploads, repeated, left, refused } = creation;
  const created: Said = {
    say: 'created',
    ms: finished.d,
    pictures: picturesIn(finished).length,
    scenes,
    repeated,
    left,
    ...newVideo(finished),
  };
  return {
    understood: true,
    stages: [firstStage(creation, speaker), secondStage(creation, speaker)],
    reply: speaker.report([created], [...refused, ...brief.unread], 'export'),
    credits: scenes * CREDITS.clip + (uploads ? CREDITS.creation : 0),
  };
}

function firstStage({ pictures, scenes }: Creation, speaker: Speaker): AgentStage {
  const row = picturesIn(pictures);
  const drawn = row.filter(({ m }) => m.kind === 'scene');
  const operations = row.map(({ m, d }) => ({ op: 'add_picture', name: m.name, duration: d }));
  const clips = drawn.map(({ m, d }) => ({ prompt: m.name, duration: d }));
  const said: Said =
    scenes > 0
      ? { say: 'generatesClips', clips: scenes, words: drawn[0]?.m.name ?? '' }
      : { say: 'laysPictures', pictures: row.length };
  return {
    text: speaker.say(said),
    call: {
      name: scenes > 0 ? 'generate_clip' : 'edit_multitrack',
      args: scenes > 0 ? { clips } : { operations },
      response: { status: 'success', applied: row.length, duration: pictures.d },
    },
    draft: pictures,
    takesMs: scenes > 0 ? generationTime(scenes) : TAKES.pictures,
  };
}

function secondStage({ finished }: Creation, speaker: Speaker): AgentStage {
  const video = newVideo(finished);
  const operations = [
    ...soundsIn(finished)
      .slice(0, 1)
      .map(({ m }) => ({ op: 'add_music', name: m.name, volume: m.volume ?? 1 })),
    ...wordsIn(finished).map(({ m, s, d }) => ({ op: `add_${m.role}`, text: m.text, start: s, duration: d })),
    ...(video.logo ? [{ op: 'add_logo', name: logoIn(finished)?.m.name ?? '' }] : []),
  ];
  const nothing = operations.length === 0;
  return {
    text: nothing ? '' : speaker.say({ say: 'furnishes', ...video }),
    call: {
      name: 'edit_multitrack',
      args: { operations },
      response: { status: 'success', applied: operations.length },
    },
    draft: finished,
    takesMs: TAKES.furnishing,
  };
}
